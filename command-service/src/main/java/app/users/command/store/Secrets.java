package app.users.command.store;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads keys from the configuration and says which one is missing or too short. */
public final class Secrets {

    private Secrets() {}

    /** @param value base64 of at least 32 bytes */
    public static byte[] key(String property, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "Set " + property + " to base64 of 32 random bytes: openssl rand -base64 32");
        }
        byte[] key = bytes(property, value);
        if (key.length < 32) {
            throw new IllegalStateException(
                    property + " has " + key.length + " bytes; it needs 32: openssl rand -base64 32");
        }
        return key;
    }

    public static byte[] bytes(String property, String value) {
        try {
            return Base64.getDecoder().decode(value.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(property + " is not base64", e);
        }
    }
}
