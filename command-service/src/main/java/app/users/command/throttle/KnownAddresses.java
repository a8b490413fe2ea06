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

    /**
     * Finds, in a query about people, when each last signed in from there, to the day; null when too long ago to count.
     *
     * @param userId the column with the person, in the query's words; its two parameters are {@link #network} and {@link #since}
     */
    public static String usedAt(String userId) {
        return "(select used_at from known_address where user_id = %1$s and address = %2$s and used_at > ?)"
                .formatted(userId, address(userId));
    }

    /** Of what an address belongs to: nobody but the owner of the key can tell which. */
    public byte[] network(String address) {
        return hash.of("known-address", Network.of(address));
    }

    /** What is older is forgotten. */
    public Timestamp since(Instant now) {
        return Timestamp.from(now.minus(knownFor));
    }

    /** @param usedAt when it was last noted; more than once a day tells nothing new */
    public void note(long user, String address, Optional<Instant> usedAt, Instant now) {
        if (usedAt.filter(at -> at.isAfter(now.minus(NOTED_AGAIN))).isPresent()) {
            return;
        }
        // whoever is leaving waits for the lock, or it finds nobody: what is noted goes with them
        jdbc.update(
                "insert into known_address (user_id, address, used_at) select user_id, " + address("user_id")
                        + ", ? from credential where user_id = ? for key share"
                        + " on conflict (user_id, address) do update set used_at = excluded.used_at",
                network(address),
                Timestamp.from(now),
                user);
    }

    /** Mixed with the person, so that the table does not tell who shares an address. */
    private static String address(String userId) {
        return "sha256(? || int8send(%s))".formatted(userId);
    }

    @Scheduled(initialDelay = 20, fixedDelay = 1440, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        jdbc.update("delete from known_address where used_at < ?", since(clock.instant()));
    }
}
