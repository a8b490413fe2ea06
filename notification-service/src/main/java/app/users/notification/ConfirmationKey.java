package app.users.notification;

import app.users.events.ConfirmationCode;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What codes are derived from.
 *
 * @param key base64 of 32 random bytes, the same as the command service's: {@code openssl rand -base64 32}
 */
@ConfigurationProperties("users.confirmation")
record ConfirmationKey(@DefaultValue("") String key) {

    ConfirmationCode codes() {
        try {
            return new ConfirmationCode(Base64.getDecoder().decode(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Set users.confirmation.key to base64 of 32 random bytes: openssl rand -base64 32"
                            + " (the same as the command service's)",
                    e);
        }
    }

    @Override
    public String toString() {
        return "ConfirmationKey[...]";
    }
}
