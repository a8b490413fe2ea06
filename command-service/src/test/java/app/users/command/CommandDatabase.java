package app.users.command;

import app.users.testservers.TestServers;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL with the tables of the command service, for tests that need no running service. */
public final class CommandDatabase {

    private CommandDatabase() {}

    public static DriverManagerDataSource migrated() {
        var database = TestServers.postgres();
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/command")
                .load()
                .migrate();
        return source;
    }
}
