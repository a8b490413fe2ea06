package app.users.command.throttle;

import app.users.command.store.KeyedHash;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/** From where each person has signed in lately, as keyed hashes. */
public class KnownAddresses {

    private static final Duration NOTED_AGAIN = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Duration knownFor;
    private final Clock clock;

    KnownAddresses(JdbcTemplate jdbc, KeyedHash hash, Duration knownFor, Clock clock) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.knownFor = knownFor;
        this.clock = clock;
    }

    /** When the person last signed in from there, to the day; nothing when that is too long ago to count. */
    public Optional<Instant> usedAt(long user, String address, Instant now) {
        return jdbc
                .queryForList(
                        "select used_at from known_address where user_id = ? and address = ? and used_at > ?",
                        Timestamp.class,
                        user,
                        hash(user, address),
                        Timestamp.from(now.minus(knownFor)))
                .stream()
                .findFirst()
                .map(Timestamp::toInstant);
    }

    /** @param usedAt when it was last noted; more than once a day tells nothing new */
    public void note(long user, String address, Optional<Instant> usedAt, Instant now) {
        if (usedAt.filter(at -> at.isAfter(now.minus(NOTED_AGAIN))).isPresent()) {
            return;
        }
        jdbc.update(
                "insert into known_address (user_id, address, used_at) select user_id, ?, ? from credential"
                        + " where user_id = ? on conflict (user_id, address) do update set used_at = excluded.used_at",
                hash(user, address),
                Timestamp.from(now),
                user);
    }

    private byte[] hash(long user, String address) {
        return hash.of("known-address", user + "\n" + Network.of(address));
    }

    @Scheduled(initialDelay = 20, fixedDelay = 1440, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        jdbc.update(
                "delete from known_address where used_at < ?",
                Timestamp.from(clock.instant().minus(knownFor)));
    }
}
