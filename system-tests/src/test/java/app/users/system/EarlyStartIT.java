package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.testservers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that starts before its servers waits for them, and is ready when they are there. */
@Order(1)
class EarlyStartIT {

    private static final String READY = " is ready after ";
    private static final String REFUSED = " does not answer (Connection refused). Next try in ";

    private final TestServers.Database database = TestServers.postgres();
    private final Forwarder postgres =
            new Forwarder(database.jdbcUrl().replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1"));
    private final Forwarder kafka = new Forwarder(TestServers.kafka());
    private final Forwarder mongo = new Forwarder(TestServers.mongoUri().replaceFirst("mongodb://([^/]+)/?.*", "$1"));

    @AfterEach
    void close() {
        postgres.close();
        kafka.close();
        mongo.close();
    }

    @Test
    void theCommandServiceWaitsForPostgresqlAndItsDatabaseAndStartsWithoutKafka() throws SQLException {
        String missing = "early" + System.nanoTime();
        try (JavaProcess process = start("command-service", missing)) {
            awaitLine(process, "PostgreSQL at " + postgres.address() + REFUSED);
            postgres.open();
            awaitLine(process, "does not answer (FATAL: database \"" + missing + "\" does not exist)");
            createDatabase(missing);
            goesAwayDuringTheMigration(process, missing);
            process.awaitReady(() -> process.output().contains(READY));
            awaitLine(process, "Kafka at " + kafka.address() + REFUSED);
            kafka.open();
            awaitLine(process, "Kafka at " + kafka.address() + " answers.");
            assertThat(process.output()).doesNotContain("\tat ", database.password() + "@");
        }
    }

    private void goesAwayDuringTheMigration(JavaProcess process, String name) {
        long refused = refusals(process);
        Patience.await("the migration to begin").until(() -> migrationHasBegun(name));
        postgres.close();
        process.awaitReady(() -> refusals(process) > refused);
        postgres.open();
    }

    private static long refusals(JavaProcess process) {
        return process.output().lines().filter(line -> line.contains(REFUSED)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"query-service", "notification-service"})
    void theReadersWaitForMongodb(String module) {
        kafka.open();
        try (JavaProcess process = start(module, "none")) {
            awaitLine(process, "MongoDB at " + mongo.address() + REFUSED);
            mongo.open();
            process.awaitReady(() -> process.output().contains(READY));
            assertThat(process.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void aSignalEndsTheWaitAtOnce() {
        try (JavaProcess process = start("query-service", "none")) {
            awaitLine(process, REFUSED);
            Instant asked = Instant.now();
            assertThat(process.stop()).isEqualTo(128 + 15);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(process.output()).doesNotContain("\tat ");
        }
    }

    private JavaProcess start(String module, String databaseName) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + Ports.free(),
                "--management.server.port=" + Ports.free(),
                "--spring.datasource.url=jdbc:postgresql://" + postgres.address() + "/" + databaseName,
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.flyway.user=" + database.owner(),
                "--spring.flyway.password=" + database.ownerPassword(),
                "--spring.kafka.bootstrap-servers=" + kafka.address(),
                "--spring.mongodb.uri=mongodb://" + mongo.address(),
                "--users.query.database=early_query",
                "--users.notification.database=early_notification",
                "--users.notification.group=early",
                "--users.relay.check-within=0s"));
        arguments.addAll(Secrets.random().arguments());
        return JavaProcess.start(module, arguments);
    }

    private static void awaitLine(JavaProcess process, String part) {
        process.awaitReady(() -> process.output().contains(part));
    }

    private boolean migrationHasBegun(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl().replaceFirst("[^/]+$", name), database.user(), database.password());
                var tables = connection.getMetaData().getTables(null, null, "command_schema_history", null)) {
            return tables.next();
        }
    }

    private void createDatabase(String name) throws SQLException {
        try (Connection superuser = TestServers.superuser(database);
                var statement = superuser.createStatement()) {
            statement.execute("create database " + name + " owner " + database.owner());
        }
    }
}
