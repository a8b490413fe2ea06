package app.users.query.read;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/** @param patience how long a read waits for what its caller has written, at most 10s; then it answers what is there */
@ConfigurationProperties("users.query")
record ReadProperties(@Name("wait") @DefaultValue("2s") Duration patience) {

    ReadProperties {
        Require.between("users.query.wait", patience, Duration.ZERO, Duration.ofSeconds(10));
    }
}
