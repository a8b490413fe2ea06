package app.users.command.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Delays the answer 429, so that a client that repeats refused requests at once cannot use up the processor. The answers to one
 * network leave 20 ms apart, and each at most 2 s late. A request that is held has a connection and a thread of its own, and
 * nothing else.
 */
final class RefusalPace {

    private static final int NETWORKS = 50_000;
    private static final long GAP = Duration.ofMillis(20).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();

    private final LongSupplier nanoTime;
    private final Semaphore places;

    /** When the next refusal of a network may leave, by {@link #nanoTime}. */
    private final Cache<String, Long> next = Caffeine.newBuilder()
            .maximumSize(NETWORKS)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    /** @param heldAtOnce the most requests that wait; further ones are answered at once */
    RefusalPace(LongSupplier nanoTime, int heldAtOnce) {
        this.nanoTime = nanoTime;
        this.places = new Semaphore(heldAtOnce);
    }

    /** Returns when the answer may leave. */
    void hold(String network) {
        Duration delay = delay(network);
        if (!delay.isPositive() || !places.tryAcquire()) {
            return;
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** How long the next refusal of this network has to wait; takes its turn. */
    Duration delay(String network) {
        long now = nanoTime.getAsLong();
        long after = next.asMap().merge(network, now + GAP, (turn, _) -> {
            long later = Math.max(turn - now, 0) + GAP;
            return now + Math.min(later, LONGEST + GAP);
        });
        return Duration.ofNanos(after - GAP - now);
    }
}
