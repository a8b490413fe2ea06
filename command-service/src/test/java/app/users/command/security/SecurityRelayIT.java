package app.users.command.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.relay.RecordSender;
import app.users.events.SecurityEvent.RefreshReused;
import app.users.events.Topics;
import app.users.testservers.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What happened at the door is told once Kafka is there, however long that takes. */
class SecurityRelayIT {

    private static final String NOWHERE = "127.0.0.1:9";

    private JdbcTemplate jdbc = new JdbcTemplate();
    private TransactionTemplate transactions = new TransactionTemplate();
    private SecurityLog log = new SecurityLog(jdbc, Clock.systemUTC());

    /** As the service makes it: another test may have started the service before, or may do so later. */
    @BeforeAll
    static void topic() {
        var admin = new KafkaAdmin(Map.of("bootstrap.servers", TestServers.kafka()));
        admin.createOrModifyTopics(
                new SecurityConfiguration().usersSecurityTopic(new SecurityProperties(3, 1, Duration.ofDays(90))));
    }

    @BeforeEach
    void outbox() {
        var source = CommandDatabase.migrated();
        jdbc = new JdbcTemplate(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        log = new SecurityLog(jdbc, Clock.systemUTC());
    }

    @Test
    void whatKafkaDoesNotTakeIsKeptAndSentLaterUnderTheSameId() {
        log.add(new RefreshReused(1, "session"));
        relay(NOWHERE).run();
        List<String> kept = jdbc.queryForList("select event::text from security_event", String.class);
        assertThat(kept).hasSize(1);

        relay(TestServers.kafka()).run();
        assertThat(jdbc.queryForList("select event::text from security_event", String.class))
                .isEmpty();
        awaitOnTopic(kept.getFirst());
    }

    @Test
    void theTimestampIsThatOfTheEventHoweverLateItIsSent() {
        Instant days = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
        new SecurityLog(jdbc, Clock.fixed(days, ZoneOffset.UTC)).add(new RefreshReused(3, "session"));
        String event = String.valueOf(
                jdbc.queryForObject("select event::text from security_event where subject = '3'", String.class));
        relay(TestServers.kafka()).run();
        assertThat(awaitOnTopic(event)).isEqualTo(days.toEpochMilli());
    }

    @Test
    void nothingIsToldOfWhatWasRolledBack() {
        transactions.executeWithoutResult(status -> {
            log.add(new RefreshReused(2, "session"));
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForObject("select count(*) from security_event where subject = '2'", Long.class))
                .isZero();
    }

    private SecurityRelay relay(String kafka) {
        var producers = new DefaultKafkaProducerFactory<String, byte[]>(
                Map.of("bootstrap.servers", kafka, "max.block.ms", kafka.equals(NOWHERE) ? 500 : 30_000),
                new StringSerializer(),
                new ByteArraySerializer());
        return new SecurityRelay(
                jdbc, transactions, new RecordSender(new KafkaTemplate<>(producers), () -> {}), log, Clock.systemUTC());
    }

    /** The timestamp of its record. */
    private static long awaitOnTopic(String event) {
        Map<String, Long> timestamps = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        TestServers.kafka(),
                        "group.id",
                        "security-relay-it-" + event,
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.SECURITY));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Header id = record.headers().lastHeader("ce_id");
                    timestamps.put(new String(id.value(), java.nio.charset.StandardCharsets.UTF_8), record.timestamp());
                });
                return timestamps.containsKey(event);
            });
        }
        return timestamps.getOrDefault(event, 0L);
    }
}
