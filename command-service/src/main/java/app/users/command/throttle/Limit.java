package app.users.command.throttle;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import io.github.bucket4j.Bandwidth;
import java.time.Duration;

/**
 * So many in so long; what was used up comes back evenly.
 *
 * @param count how many
 * @param per in how long
 */
public record Limit(long count, Duration per) {

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

    Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(count)
                .refillGreedy(count, per)
                .id(count + "/" + per)
                .build();
    }
}
