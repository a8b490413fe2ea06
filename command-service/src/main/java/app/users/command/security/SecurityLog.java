package app.users.command.security;

import app.users.events.SecurityEvent;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The outbox. What is written in a transaction is told if, and only if, the transaction commits. */
public final class SecurityLog {

    /**
     * Who was not let in.
     *
     * @param identifier keyed hash of the email or number that was given
     * @param network keyed hash of the address
     * @param user whose identifier it is, if it is anybody's
     * @param client encrypted under the key of the user
     */
    public record Stranger(
            byte[] identifier, byte[] network, @Nullable Long user, byte @Nullable [] client) {}

    /** Why. The names are stored. */
    public enum Refusal {
        /** The password was wrong, or nobody has the identifier. */
        CREDENTIALS,
        /** There had been so many wrong passwords that none was looked at. */
        THROTTLED,
        /** The code that resets the password was wrong, or nobody has the email. */
        RESET_CODE
    }

    /** Writes an event as part of the statement that does what it tells of; takes the values of {@link #row}. */
    public static final String INSERT =
            "insert into security_event (event, type, subject, at, data) select ?, ?, ?, ?, ?::jsonb";

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    public SecurityLog(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void add(SecurityEvent event) {
        jdbc.update(INSERT, row(event));
    }

    public Object[] row(SecurityEvent event) {
        return new Object[] {
            UUID.randomUUID(),
            event.wireName(),
            event.subject(),
            Timestamp.from(clock.instant()),
            json.writeValueAsString(event)
        };
    }

    /** Counts; the event follows when the minute is over, so that a flood makes one event a minute. */
    public void refused(Refusal reason, Stranger stranger) {
        jdbc.update(
                "insert into refused_sign_in (reason, identifier, network, minute, user_id, client, count)"
                        + " values (?, ?, ?, ?, ?, ?, 1)"
                        + " on conflict (reason, identifier, network, minute)"
                        + " do update set count = refused_sign_in.count + 1",
                reason.name(),
                stranger.identifier(),
                stranger.network(),
                Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MINUTES)),
                stranger.user(),
                stranger.client());
    }
}
