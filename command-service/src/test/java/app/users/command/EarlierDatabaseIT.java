package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.embedded.PostgresPasswords;
import app.users.embedded.PostgresRoles;
import app.users.embedded.PostgresServer;
import app.users.testservers.TestServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL folder of the release before roles and passwords is taken over by the start. */
class EarlierDatabaseIT {

    private static final String EVENT = """
            insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                payload_type, payload, meta_data)
            values ('%s', '1', %d, 'User', '2026-11-29T00:00:00Z', 'user.registered.v1', '{}', '{}')""";

    private final PostgresPasswords passwords =
            new PostgresPasswords("superuser-of-this-test-0", "owner-of-this-test-00000", "service-of-this-test-000");

    @TempDir
    private Path folder;

    private final int port = TestServers.freePort();

    @Test
    void isTakenOverThoughItsServerStillRuns() throws Exception {
        EmbeddedPostgres earlier = startAsBefore();
        DriverManagerDataSource anyone = new DriverManagerDataSource(url(), "postgres", "");
        migrateTo15(anyone);
        new JdbcTemplate(anyone).update(EVENT.formatted("first", 0));
        Files.setPosixFilePermissions(folder.resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));

        try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"), port, passwords)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(anyone::getConnection)
                    .withMessageContaining("password");
            CommandDatabase.migrate(new TestServers.Database(
                    server.jdbcUrl(),
                    PostgresRoles.SERVICE,
                    passwords.service(),
                    PostgresRoles.OWNER,
                    passwords.owner()));
            JdbcTemplate service =
                    new JdbcTemplate(new DriverManagerDataSource(url(), PostgresRoles.SERVICE, passwords.service()));
            assertThat(service.queryForList("select event_identifier from domain_event_entry", String.class))
                    .containsExactly("first");
            service.update(EVENT.formatted("second", 1));
            assertThatExceptionOfType(org.springframework.dao.DataAccessException.class)
                    .isThrownBy(() -> service.update("delete from domain_event_entry"))
                    .havingRootCause()
                    .withMessageContaining("permission denied");
            assertThat(foreign(server)).isZero();
        } finally {
            earlier.close();
        }
        assertThat(folder.resolve("postgres/bin")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres"))))
                .isEqualTo("rwx------");

        startsAgain();
    }

    /** Killed after the password was set and before the rules were written, or in the middle of writing them. */
    @Test
    void isTakenOverThoughTheTakeOverWasCutOff() throws Exception {
        startAsBefore().close();
        Files.writeString(folder.resolve("postgres/data/pg_hba.conf.part"), "host all");

        startsAgain();
        startsAgain();
    }

    private void startsAgain() throws SQLException {
        try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"), port, passwords);
                Connection service =
                        DriverManager.getConnection(server.jdbcUrl(), PostgresRoles.SERVICE, passwords.service())) {
            assertThat(service.isValid(10)).isTrue();
        }
    }

    /** As the release before did. */
    private EmbeddedPostgres startAsBefore() throws IOException {
        Path home = Files.createDirectories(folder.resolve("postgres"));
        Redirect log = Redirect.appendTo(home.resolve("postgres.log").toFile());
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(home.resolve("bin").toFile())
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .start();
    }

    private static void migrateTo15(DriverManagerDataSource anyone) {
        Flyway.configure()
                .dataSource(anyone)
                .locations("classpath:db/command")
                .table("command_schema_history")
                .target("15")
                // that release had no repeatable migration
                .repeatableSqlMigrationPrefix("none")
                .load()
                .migrate();
    }

    /** How many tables, sequences and functions are not the owner's. */
    private static long foreign(PostgresServer server) throws SQLException {
        try (Connection superuser = server.superuser("postgres");
                Statement statement = superuser.createStatement();
                var counted = statement.executeQuery("""
                        select (select count(*) from pg_class
                                where relnamespace = 'public'::regnamespace and relowner <> 'users_owner'::regrole)
                            + (select count(*) from pg_proc
                                where pronamespace = 'public'::regnamespace and proowner <> 'users_owner'::regrole)""")) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }
}
