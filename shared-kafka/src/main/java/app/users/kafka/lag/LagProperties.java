package app.users.kafka.lag;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param patience how long a reader may stand still though there is something to read, until an alarm is raised */
@ConfigurationProperties("users.lag")
record LagProperties(@DefaultValue("60s") Duration patience) {

    LagProperties {
        Require.atLeast("users.lag.patience", patience, Duration.ofSeconds(1));
    }
}
