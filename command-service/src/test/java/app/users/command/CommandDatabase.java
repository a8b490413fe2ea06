package app.users.command;

import app.users.testservers.TestServers;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A PostgreSQL with the tables of the command service, for tests that need no running service. */
public final class CommandDatabase {

    private CommandDatabase() {}

    /** Connects as the service does, from a pool. */
    public static DataSource migrated() {
        var database = TestServers.postgres();
        migrate(database);
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(8);
        // of the many pools in a JVM, only the one in use has connections
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        return pool;
    }

    public static void migrate(TestServers.Database database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.owner(), database.ownerPassword())
                .locations("classpath:db/command")
                .table("command_schema_history")
                .placeholders(Map.of("service_role", database.user()))
                .load()
                .migrate();
    }
}
