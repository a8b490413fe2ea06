package app.users.command;

import app.users.testservers.TestServers;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL with the tables of the command service, for tests that need no running service. */
public final class CommandDatabase {

    private CommandDatabase() {}

    /** Connects as the service does. */
    public static DriverManagerDataSource migrated() {
        var database = TestServers.postgres();
        migrate(database);
        return new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
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
