package app.users.command.store;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The clock of the machine that the service runs on.
 *
 * @param maxSkew how far this machine's clock may be from PostgreSQL's when the service starts
 */
@ConfigurationProperties("users.clock")
record ClockProperties(@DefaultValue("30s") Duration maxSkew) {

    ClockProperties {
        Require.atLeast("users.clock.max-skew", maxSkew, Duration.ofSeconds(1));
    }
}
