package app.users.command.leaving;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which users are erased though nobody asked for it.
 *
 * @param unusedAfter how long after the registration an unused account is erased: no sign-in ever, and neither email nor number
 *     confirmed; 1h to 3650d; 0 keeps them; accounts from before this setting existed are kept
 */
@ConfigurationProperties("users.erasure")
record UnusedUserProperties(@DefaultValue("90d") Duration unusedAfter) {

    UnusedUserProperties {
        if (!unusedAfter.isZero()) {
            Require.between("users.erasure.unused-after", unusedAfter, Duration.ofHours(1), Duration.ofDays(3_650));
        }
    }
}
