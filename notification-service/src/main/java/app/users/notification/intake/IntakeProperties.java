package app.users.notification.intake;

import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param group Kafka consumer group whose members share the reading of events */
@ConfigurationProperties("users.notification")
record IntakeProperties(@DefaultValue("users-notification") String group) {

    IntakeProperties {
        Require.text("users.notification.group", group);
    }
}
