package app.users.command.throttle;

import app.users.settings.InvalidSetting;
import io.github.bucket4j.Bandwidth;
import java.time.Duration;

/**
 * So many in so long; what was used up comes back evenly.
 *
 * @param count how many
 * @param per in how long
 */
public record Limit(long count, Duration per) {

    public Limit {
        if (count < 1) {
            throw new InvalidSetting("users.throttle", "has the count %d; it must be at least 1".formatted(count));
        }
        if (!per.isPositive()) {
            throw new InvalidSetting("users.throttle", "has the time %s; it must be positive".formatted(per));
        }
    }

    Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(count)
                .refillGreedy(count, per)
                .id(count + "/" + per)
                .build();
    }
}
