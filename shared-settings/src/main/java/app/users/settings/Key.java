package app.users.settings;

import java.util.Base64;

/** A secret from the configuration: base64 of at least 32 bytes. It is never shown. */
public final class Key {

    /** What to set a missing one to. */
    public static final String RIGHT = "base64 of 32 random bytes (openssl rand -base64 32)";

    private static final int LEAST = 32;

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Called by the binder too; the message follows the property's name. */
    public static Key of(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not base64; set it to " + RIGHT, e);
        }
        if (bytes.length < LEAST) {
            throw new IllegalArgumentException("has %d bytes; set it to %s".formatted(bytes.length, RIGHT));
        }
        return new Key(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
