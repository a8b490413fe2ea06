package app.users.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.command.CommandDatabase;
import app.users.settings.InstallationProperties;
import app.users.settings.InvalidSetting;
import app.users.settings.Mode;
import app.users.testservers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which roles the service starts with. */
@ExtendWith(OutputCaptureExtension.class)
class EventTableRightsIT {

    private static final TestServers.Database DATABASE = TestServers.postgres();

    @BeforeAll
    static void migrate() throws SQLException {
        CommandDatabase.migrate(DATABASE);
        asSuperuser("create role tried login password 'tried'; grant users_command to tried");
    }

    @AfterAll
    static void drop() throws SQLException {
        asSuperuser("drop owned by tried; drop role tried");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update             | may change events
            update (meta_data) | may change events
            delete             | may delete events
            truncate           | may delete events
            trigger            | may add triggers
            """)
    void refusesARightToChangeEvents(String right, String said) throws SQLException {
        DriverManagerDataSource tried = new DriverManagerDataSource(DATABASE.jdbcUrl(), "tried", "tried");
        assertThatCode(() -> start(tried, Mode.PRODUCTION)).doesNotThrowAnyException();

        asSuperuser("grant " + right + " on domain_event_entry to tried");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> start(tried, Mode.PRODUCTION))
                .withMessageStartingWith("spring.datasource.username is \"tried\", which " + said)
                .withMessageContaining("connect as a role that can only read and append events");
        asSuperuser("revoke " + right + " on domain_event_entry from tried");
    }

    @Test
    void refusesTheOwnerAndSuperusers() throws SQLException {
        DriverManagerDataSource owner =
                new DriverManagerDataSource(DATABASE.jdbcUrl(), DATABASE.owner(), DATABASE.ownerPassword());
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> start(owner, Mode.PRODUCTION))
                .withMessageContaining("owns the table of events");
        try (Connection superuser = TestServers.superuser(DATABASE)) {
            assertThatExceptionOfType(InvalidSetting.class)
                    .isThrownBy(() -> start(new SingleConnectionDataSource(superuser, true), Mode.PRODUCTION))
                    .withMessageContaining("is a superuser");
        }
    }

    @Test
    void anotherRoleGetsTheRightsAtTheNextStart() throws SQLException {
        TestServers.Database database = TestServers.postgres();
        TestServers.Database oneRole = new TestServers.Database(
                database.jdbcUrl(),
                database.owner(),
                database.ownerPassword(),
                database.owner(),
                database.ownerPassword());
        CommandDatabase.migrate(oneRole);
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("create table of_a_later_version (id int)");
        }
        CommandDatabase.migrate(database);
        JdbcTemplate service =
                new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
        assertThat(service.queryForList("select event_identifier from domain_event_entry"))
                .isEmpty();
        assertThat(service.update("delete from session")).isZero();
        assertThat(service.update("delete from of_a_later_version")).isZero();
        start(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()), Mode.PRODUCTION);
    }

    @Test
    void refusesAMigrationUnderTheServicesRole() {
        TestServers.Database empty = TestServers.postgres();
        Flyway flyway = Flyway.configure()
                .dataSource(empty.jdbcUrl(), empty.user(), empty.password())
                .locations("classpath:db/command")
                .table("command_schema_history")
                .placeholders(Map.of("service_role", empty.user()))
                .load();
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> Migration.run(flyway))
                .withMessageStartingWith("spring.flyway.user is a role that may not change the tables");
    }

    /** A small installation has one role for the migrations and the service. */
    @Test
    void warnsOnceOutsideProduction(CapturedOutput output) {
        TestServers.Database empty = TestServers.postgres();
        CommandDatabase.migrate(new TestServers.Database(
                empty.jdbcUrl(), empty.owner(), empty.ownerPassword(), empty.owner(), empty.ownerPassword()));
        start(new DriverManagerDataSource(empty.jdbcUrl(), empty.owner(), empty.ownerPassword()), Mode.STANDALONE);
        assertThat(output.toString().lines().filter(line -> line.contains("spring.datasource.username")))
                .singleElement()
                .asString()
                .contains("owns the table of events", "users.mode=production refuses it");
    }

    @Test
    void saysNothingOfTheServicesOwnRole(CapturedOutput output) {
        start(new DriverManagerDataSource(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password()), Mode.PRODUCTION);
        assertThat(output.toString()).doesNotContain("spring.datasource.username");
    }

    private static void start(javax.sql.DataSource source, Mode mode) {
        new EventTableRights(new JdbcTemplate(source), new InstallationProperties(mode)).check();
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection superuser = TestServers.superuser(DATABASE);
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
