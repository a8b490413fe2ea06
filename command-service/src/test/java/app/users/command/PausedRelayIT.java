package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import app.users.command.relay.UserPartitioner;
import app.users.events.Topics;
import app.users.testservers.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** However late the relay, or one of two, or a transaction that it waits for, comes: nobody who left is told of, nobody else is missed. */
class PausedRelayIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Person person = person();
    private final Person neighbour = person();

    @Nested
    class OfEventsThatWereErasedMeanwhile {

        @Autowired
        private EventProcessingConfiguration processing;

        private EventProcessor relay;

        @BeforeEach
        void stop() {
            relay = processing.eventProcessor("relay").orElseThrow();
            relay.shutDown();
        }

        @AfterEach
        void startIfItWasNot() {
            if (!relay.isRunning()) {
                relay.start();
            }
        }

        @Test
        void onlyTheErasureIsTold() throws Exception {
            String erased = register(person);
            String changed = person().number();
            post("verify-email/", "", erased);
            send(
                    "PATCH",
                    "user/",
                    "{\"surname\":\"Unrelayed\",\"executor\":false,\"number\":\"" + changed + "\"}",
                    erased);
            String other = register(neighbour);
            assertThat(send("DELETE", "user/", "", erased).statusCode()).isEqualTo(200);
            send("PATCH", "user/", "{\"surname\":\"Relayed\"}", other);
            assertThat(told(other)).isEmpty();

            relay.start();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(told(other))).containsExactly("1", "2"));
            await().atMost(PATIENCE)
                    .until(() -> told(erased).stream()
                            .anyMatch(r -> header(r, "ce_type").equals("user.erased.v1")));
            assertThat(told(erased))
                    .filteredOn(r -> r.value() != null)
                    .extracting(r -> header(r, "ce_type"))
                    .containsOnly("user.erased.v1");
            assertThat(versions(told(erased))).hasSameSizeAs(sequences(erased));
            assertThat(allRecords(Topics.EVENTS))
                    .extracting(r -> String.valueOf(r.value()))
                    .anyMatch(value -> value.contains(neighbour.email()))
                    .noneMatch(value -> value.contains(person.email())
                            || value.contains(person.number())
                            || value.contains(changed)
                            || value.contains("Unrelayed"));
        }
    }

    /** What another process had in hand when it was paused, it sends when it goes on: here, the test does. */
    @Test
    void aRecordThatComesAfterItsTombstoneIsFollowedByAnother() throws Exception {
        String erased = register(person);
        await().atMost(PATIENCE).until(() -> !told(erased).isEmpty());
        ConsumerRecord<String, String> registered = told(erased).getFirst();
        send("DELETE", "user/", "", erased);
        await().atMost(PATIENCE).until(() -> last(registered.key()).value() == null);

        long late = sendAgain(registered);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(told(erased)).anyMatch(r -> r.offset() == late && r.value() != null);
            assertThat(last(registered.key()).offset()).isGreaterThan(late);
            assertThat(last(registered.key()).value()).isNull();
        });
    }

    @Nested
    class OfATransactionThatWasPaused {

        private final DriverManagerDataSource database;
        private String user = "";

        OfATransactionThatWasPaused(@Autowired Environment settings) {
            database = new DriverManagerDataSource(
                    settings.getRequiredProperty("spring.datasource.url"),
                    settings.getRequiredProperty("spring.datasource.username"),
                    settings.getRequiredProperty("spring.datasource.password"));
        }

        @BeforeEach
        void registerSomebodyWithAPublicEvent() throws Exception {
            user = register(person);
            send("PATCH", "user/", "{\"executor\":false}", user);
            await().atMost(PATIENCE).until(() -> versions(told(user)).size() == 2);
        }

        @Test
        void whatItCommitsInTimeIsToldThoughLaterEventsWereToldBefore() throws Exception {
            try (Connection paused = begin(database)) {
                Timestamp began = began(paused);
                insertNextEvent(paused, user);
                laterEventsAreTold();
                awaitAge(began, "3 seconds");
                assertThat(versions(told(user))).containsExactly("1", "2");
                paused.commit();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(told(user))).containsExactly("1", "2", "3"));
        }

        @Test
        void whatItCommitsIsToldThoughTheClockOfLaterEventsIsBehind() throws Exception {
            Clock before = GenericEventMessage.clock;
            try (Connection paused = begin(database)) {
                insertNextEvent(paused, user);
                GenericEventMessage.clock = Clock.offset(before, Duration.ofMinutes(-5));
                laterEventsAreTold();
                paused.commit();
            } finally {
                GenericEventMessage.clock = before;
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(told(user))).containsExactly("1", "2", "3"));
        }

        @Test
        void whatItCommitsTooLateIsRolledBackAndNobodyWaitsForIt() throws Exception {
            try (Connection paused = begin(database)) {
                Timestamp began = began(paused);
                insertNextEvent(paused, user);
                laterEventsAreTold();
                awaitAge(began, "15 seconds");
                assertThatExceptionOfType(SQLException.class).isThrownBy(paused::commit);
            }
            laterEventsAreTold();
            assertThat(versions(told(user))).containsExactly("1", "2");
            assertThat(sequences(user)).containsExactly(0L, 1L);
            // its version is free: the next event takes it
            send("PATCH", "user/", "{\"executor\":true}", user);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions(told(user))).containsExactly("1", "2", "3"));
        }
    }

    /** Of a pool like the service's. */
    private static Connection begin(DriverManagerDataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = '5s'");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private static Timestamp began(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet now = statement.executeQuery("select transaction_timestamp()");
            assertThat(now.next()).isTrue();
            return now.getTimestamp(1);
        }
    }

    /** By PostgreSQL's clock, which is the one that its timeout goes by. */
    private void awaitAge(Timestamp began, String age) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForObject(
                        "select clock_timestamp() >= ?::timestamptz + ?::interval", Boolean.class, began, age));
    }

    /** The last event once more, as the next; it takes its place in the sequence of all events now. */
    private void insertNextEvent(Connection connection, String access) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                                payload_type, payload_revision, payload, meta_data)
                select gen_random_uuid()::text, aggregate_identifier, sequence_number + 1, type, ?,
                       payload_type, payload_revision, payload, meta_data
                from domain_event_entry where aggregate_identifier = ? order by sequence_number desc limit 1""")) {
            insert.setString(1, DateTimeUtils.formatInstant(Instant.now()));
            insert.setString(2, claim(access, "sub").asString());
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private void laterEventsAreTold() throws Exception {
        String later = register(person());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told(later)).isNotEmpty());
    }

    private long sendAgain(ConsumerRecord<String, String> record) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka(), "partitioner.class", UserPartitioner.class.getName());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var again = new ProducerRecord<>(Topics.EVENTS, null, record.key(), record.value(), record.headers());
            return producer.send(again).get(60, TimeUnit.SECONDS).offset();
        }
    }

    private List<ConsumerRecord<String, String>> told(String access) {
        return records(claim(access, "sub").asString());
    }

    private ConsumerRecord<String, String> last(String key) {
        return records(key.split("/")[0]).stream()
                .filter(r -> r.key().equals(key))
                .max(Comparator.comparingLong(ConsumerRecord::offset))
                .orElseThrow();
    }

    /** Each of them once: what was sent twice is told once. */
    private static List<String> versions(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(r -> r.key().split("/")[1]).distinct().toList();
    }
}
