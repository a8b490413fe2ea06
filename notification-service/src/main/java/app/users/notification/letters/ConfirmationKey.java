package app.users.notification.letters;

import app.users.events.ConfirmationCode;
import app.users.settings.Key;
import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What codes are derived from.
 *
 * @param key secret: derives the codes, here as at the command service
 */
@ConfigurationProperties("users.confirmation")
record ConfirmationKey(Key key) {

    ConfirmationKey {
        Require.present("users.confirmation.key", key, Key.RIGHT + ", the same as the command service's");
    }

    ConfirmationCode codes() {
        return new ConfirmationCode(key.bytes());
    }
}
