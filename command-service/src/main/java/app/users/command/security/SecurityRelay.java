package app.users.command.security;

import app.users.command.relay.OutageTolerant;
import app.users.command.relay.RecordSender;
import app.users.command.security.SecurityLog.Refusal;
import app.users.events.EventHeaders;
import app.users.events.SecurityEvent;
import app.users.events.SecurityEvent.PasswordResetRefused;
import app.users.events.SecurityEvent.SignInRefused;
import app.users.events.SecurityEvent.SignInRefused.Reason;
import app.users.events.Topics;
import app.users.kafka.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the outbox to {@link Topics#SECURITY} and empties it: at least once, in the order of writing, one process
 * at a time. A row is deleted after Kafka has acknowledged it. If the transaction fails, the row stays and is sent
 * again under the same id.
 */
class SecurityRelay {

    private static final int BATCH = 500;

    /** A count that was begun in its minute may be written this much later. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(SecurityRelay.class);

    private record Row(long id, UUID event, String type, String subject, Instant at, String data) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final RecordSender sender;
    private final SecurityLog log;
    private final Clock clock;
    private final OutageTolerant tolerant;

    SecurityRelay(
            JdbcTemplate jdbc, TransactionTemplate transactions, RecordSender sender, SecurityLog log, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.sender = sender;
        this.log = log;
        this.clock = clock;
        tolerant =
                new OutageTolerant(clock, "Sign-in events wait for PostgreSQL and Kafka; they are kept and sent later");
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void run() {
        tolerant.run(() -> {
            while (Boolean.TRUE.equals(transactions.execute(status -> relay()))) {
                LOG.debug("a full batch was sent, there is more");
            }
        });
    }

    /** True when there is more. */
    private boolean relay() {
        if (!Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(hashtext('users.security'))", Boolean.class))) {
            return false;
        }
        tellOfRefused();
        List<Row> rows = jdbc.query(
                "select id, event, type, subject, at, data from security_event order by id limit " + BATCH,
                SecurityRelay::row);
        if (rows.isEmpty()) {
            return false;
        }
        var unused = sender.send(rows.stream().map(SecurityRelay::record).toList());
        // not all up to the last: what has a lower id may be committed later
        jdbc.update("delete from security_event where id = any (?)", (Object)
                rows.stream().map(Row::id).toArray(Long[]::new));
        return rows.size() == BATCH;
    }

    private void tellOfRefused() {
        Instant over = clock.instant().minus(Duration.ofMinutes(1)).minus(LATE);
        jdbc.query(
                        "delete from refused_sign_in where ctid = any (array("
                                + "select ctid from refused_sign_in where minute <= ? limit " + BATCH + "))"
                                + " returning user_id, reason, identifier, network, minute, count, client",
                        SecurityRelay::refused,
                        Timestamp.from(over))
                .forEach(log::add);
    }

    private static SecurityEvent refused(ResultSet row, int number) throws SQLException {
        Long user = row.getObject(1, Long.class);
        String identifier = HexFormat.of().formatHex(row.getBytes(3));
        String network = HexFormat.of().formatHex(row.getBytes(4));
        Instant minute = row.getTimestamp(5).toInstant();
        long count = row.getLong(6);
        byte[] client = row.getBytes(7);
        String sealed = client == null ? null : Base64.getEncoder().encodeToString(client);
        return switch (Refusal.valueOf(row.getString(2))) {
            case CREDENTIALS -> new SignInRefused(user, Reason.CREDENTIALS, identifier, network, minute, count, sealed);
            case THROTTLED -> new SignInRefused(user, Reason.THROTTLED, identifier, network, minute, count, sealed);
            case RESET_CODE -> new PasswordResetRefused(user, identifier, network, minute, count);
        };
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                row.getString(6));
    }

    private static ProducerRecord<String, byte[]> record(Row row) {
        var event = new ProducerRecord<>(
                Topics.SECURITY,
                null,
                row.at().toEpochMilli(),
                row.subject(),
                row.data().getBytes(StandardCharsets.UTF_8));
        new CloudEvent(row.event().toString(), row.type(), EventHeaders.SOURCE_VALUE, row.subject(), row.at())
                .addTo(event);
        return event;
    }
}
