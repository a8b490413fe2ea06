package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import app.users.command.sweep.Sweep;
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
     * Keyed hash of the network that an address belongs to. The table mixes it with the person, so that it does not tell who
     * shares an address: SHA-256 of this and of the user id as 8 bytes.
     */
    public byte[] network(String address) {
        return hash.of("known-address", Network.of(address));
    }

    /**
     * Whether the user signed in lately from there.
     *
     * @param network as {@link #network} hashes it
     */
    public boolean isKnown(long user, byte[] network, Instant now) {
        return !jdbc.queryForList(
                        "select 1 from known_address where user_id = ? and address = sha256(? || int8send(?::bigint))"
                                + " and used_at > ?",
                        Integer.class,
                        user,
                        network,
                        user,
                        since(now))
                .isEmpty();
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
        // a user who leaves waits for the lock, or their credential is gone: what is noted goes with them
        jdbc.update(
                "insert into known_address (user_id, address, used_at)"
                        + " select user_id, sha256(? || int8send(user_id)), ? from credential where user_id = ? for key share"
                        + " on conflict (user_id, address) do update set used_at = excluded.used_at",
                network(address),
                Timestamp.from(now),
                user);
    }

    @Scheduled(initialDelay = 20, fixedDelay = 1440, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        var unused = Sweep.delete(jdbc, "known_address", "used_at < ?", since(clock.instant()));
    }
}
