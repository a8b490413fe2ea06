package app.users.command.throttle;

import app.users.command.store.KeyedHash;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.EstimationProbe;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Counts wrong passwords against whom they were tried. An address that the person has signed in from lately has a count of
 * its own and all others share one, so a stranger can shut out strangers, never the owner at home. Nobody knows by the
 * answer whether the person exists.
 */
public class WrongPasswords {

    private final Buckets buckets;
    private final KeyedHash hash;
    private final BucketConfiguration limits;

    /** Tries that are being hashed: as many as are left may be, so that a flood gains nothing by coming at once. */
    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

    WrongPasswords(Buckets buckets, KeyedHash hash, ThrottleProperties properties) {
        this.buckets = buckets;
        this.hash = hash;
        this.limits = Buckets.configuration(Objects.requireNonNull(properties.wrongPasswords()));
    }

    /**
     * @param account the person, or the identifier where there is none
     * @param address of a client that the person is known to use, else empty
     * @throws app.users.web.Rejected when there were too many wrong ones
     */
    public Try begin(String account, String address) {
        byte[] key = hash.of("wrong-passwords", account + "\n" + Network.of(address));
        Try one = new Try(key);
        try {
            one.check();
            return one;
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        buckets.sweep();
    }

    /** One password being tried. */
    public final class Try implements AutoCloseable {

        private final byte[] key;
        private final String name;
        private final int rank;
        private boolean counted;

        private Try(byte[] key) {
            this.key = key;
            this.name = HexFormat.of().formatHex(key);
            this.rank = underWay.merge(name, 1, Integer::sum);
        }

        private void check() {
            counted = !buckets.isEmpty(key);
            if (counted || rank > 1) {
                EstimationProbe probe = buckets.bucket(key, limits).estimateAbilityToConsume(rank);
                if (!probe.canBeConsumed()) {
                    throw Buckets.throttled(probe.getNanosToWaitForRefill());
                }
                counted = true;
            }
        }

        public void wrong() {
            boolean ignored = buckets.bucket(key, limits).tryConsume(1);
        }

        /** Nothing else makes the earlier ones forgotten. */
        public void right() {
            if (counted) {
                buckets.forget(key);
            }
        }

        @Override
        public void close() {
            underWay.computeIfPresent(name, (n, tries) -> tries == 1 ? null : tries - 1);
        }
    }
}
