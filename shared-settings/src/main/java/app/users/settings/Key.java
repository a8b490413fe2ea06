package app.users.settings;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
        } catch (IllegalArgumentException showsWhatItRead) {
            throw new IllegalArgumentException("is not base64; set it to " + RIGHT);
        }
        if (bytes.length < LEAST) {
            throw new IllegalArgumentException("has %d bytes; set it to %s".formatted(bytes.length, RIGHT));
        }
        return new Key(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Not what a random generator would answer in the life of the universe: repeats, counts upwards, or is readable. */
    boolean isWeak() {
        long different =
                IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
        boolean even = IntStream.range(2, bytes.length)
                .allMatch(i -> (byte) (bytes[i] - bytes[i - 1]) == (byte) (bytes[1] - bytes[0]));
        boolean readable = IntStream.range(0, bytes.length).allMatch(i -> bytes[i] >= ' ' && bytes[i] <= '~');
        return different < LEAST / 2 || even || readable;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
