package app.users.command.leaving;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which users are erased though nobody asked for it.
 *
 * @param unusedAfter after that time a user is erased to whom nobody ever signed in and whose email and number nobody confirmed; 0
 *     keeps them
 */
@ConfigurationProperties("users.erasure")
record UnusedUserProperties(@DefaultValue("90d") Duration unusedAfter) {

    UnusedUserProperties {
        if (!unusedAfter.isZero()) {
            Require.between("users.erasure.unused-after", unusedAfter, Duration.ofHours(1), Duration.ofDays(3_650));
        }
    }
}
