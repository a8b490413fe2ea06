package app.users.command.throttle;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import java.util.List;

/**
 * So many in so long; what was used up comes back evenly.
 *
 * @param count how many
 * @param per in how long
 */
public record Limit(long count, Duration per) {

    /** A hundredth of an hour's count may be used within a second, and at least so many. */
    private static final long LEAST_BURST = 20;

    private static final double SECONDS_OF_BURST = 36;

    /** @param property of the limit, without its last part */
    Limit checked(String property) {
        if (count < 1) {
            throw new InvalidSetting(property + ".count", "is %d; it must be at least 1".formatted(count));
        }
        Duration time = Require.present(property + ".per", per, "a time such as 1h");
        Require.atLeast(property + ".per", time, Duration.ofSeconds(1));
        if (count > time.toNanos()) {
            throw new InvalidSetting(
                    property + ".count", "is %d; it must be at most %d in that time".formatted(count, time.toNanos()));
        }
        return this;
    }

    /**
     * This limit, and the one of each second, so that the count cannot be used up at once: 36 times what comes back in a second,
     * which is a hundredth of the count in an hour, and at least 20.
     */
    List<Limit> withBurst() {
        Duration second = Duration.ofSeconds(1);
        double evenly = (double) count * second.toNanos() / per.toNanos();
        // a bucket refills at most one in a nanosecond
        long burst = Math.clamp((long) Math.ceil(SECONDS_OF_BURST * evenly), LEAST_BURST, second.toNanos());
        return burst < count ? List.of(this, new Limit(burst, second)) : List.of(this);
    }

    Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(count)
                .refillGreedy(count, per)
                .id(count + "/" + per)
                .build();
    }
}
