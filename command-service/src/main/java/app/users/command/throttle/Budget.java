package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.distributed.BucketProxy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit on what is done, not on what is tried: a reservation spends nothing until the caller says that it was done. Open
 * reservations count against the limit, so parallel requests of one process cannot exceed it. Other processes see what was
 * spent as {@link SharedLimit} says.
 */
public final class Budget {

    /** The place of a budget that the whole installation shares. */
    public static final String WHOLE = "";

    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);
    private static final int PLACES = 50_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Limit limit;
    private final SharedLimit shared;
    private final Buckets buckets;
    private final KeyedHash hash;
    private final Counter refused;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
    private final Cache<String, BucketProxy> recent = Caffeine.newBuilder()
            .maximumSize(PLACES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** @param name of the setting, after {@code users.throttle.} */
    Budget(String name, Limit limit, Buckets buckets, KeyedHash hash, MeterRegistry meters) {
        this.name = name;
        this.limit = limit;
        this.shared = SharedLimit.of(name, List.of(limit));
        this.buckets = buckets;
        this.hash = hash;
        this.refused = Counter.builder("users.throttle.refused")
                .description("requests that would have exceeded this limit")
                .tag("limit", name)
                .register(meters);
    }

    /** For log lines. */
    @Override
    public String toString() {
        return "users.throttle.%s (%d in %d s)"
                .formatted(name, limit.count(), limit.per().toSeconds());
    }

    /**
     * @param place whose budget it is
     * @throws app.users.web.problem.Rejected if the budget of that place is spent or reserved
     */
    public Reservation reserve(String place) {
        Reservation reservation = new Reservation(place);
        try {
            reservation.check();
            return reservation;
        } catch (RuntimeException e) {
            reservation.close();
            throw e;
        }
    }

    private BucketProxy bucket(String place) {
        return recent.get(place, p -> shared.bucket(buckets, hash, p));
    }

    /** What may be spent once. */
    public final class Reservation implements AutoCloseable {

        private final String place;
        private final int rank;

        private Reservation(String place) {
            this.place = place;
            this.rank = open.merge(place, 1, Integer::sum);
        }

        private void check() {
            EstimationProbe probe = estimate();
            if (!probe.canBeConsumed() || rank > limit.count()) {
                refused.increment();
                throw Buckets.throttled(Math.max(SECOND, probe.getNanosToWaitForRefill()));
            }
        }

        /** A bucket holds no more than the limit; asked for more, it could not say when to come back. */
        private EstimationProbe estimate() {
            BucketProxy bucket = bucket(place);
            synchronized (bucket) {
                return bucket.estimateAbilityToConsume(Math.min(rank, limit.count()));
            }
        }

        /** It was done. A failure to count it is logged only: the answer must not say that it was not done. */
        public void spend() {
            BucketProxy bucket = bucket(place);
            try {
                synchronized (bucket) {
                    bucket.consumeIgnoringRateLimits(1);
                }
            } catch (RuntimeException e) {
                LOG.warn("One message is missing in the count of {}: {}", name, e.toString());
            }
        }

        @Override
        public void close() {
            open.computeIfPresent(place, (p, reservations) -> reservations == 1 ? null : reservations - 1);
        }
    }
}
