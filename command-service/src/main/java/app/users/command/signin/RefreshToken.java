package app.users.command.signin;

import app.users.command.keys.KeyedHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * An opaque refresh token: session, generation, 256 random bits and a tag that proves it is ours, so that a spent one
 * is told from a forged one though nothing but the newest secret's hash is stored.
 */
record RefreshToken(UUID session, int generation, byte[] secret) {

    private static final int SECRET = 32;
    private static final int TAG = 16;
    private static final int BODY = 16 + 4 + SECRET;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Characters; one of this system is shorter. */
    static final int MAX = 128;

    static RefreshToken first(UUID session) {
        byte[] secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        return new RefreshToken(session, 0, secret);
    }

    static Optional<RefreshToken> parse(String text, KeyedHash key) {
        if (text.length() > MAX) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != BODY + TAG) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(bytes, BODY);
        if (!MessageDigest.isEqual(tag(body, key), Arrays.copyOfRange(bytes, BODY, bytes.length))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        UUID session = new UUID(buffer.getLong(), buffer.getLong());
        int generation = buffer.getInt();
        byte[] secret = new byte[SECRET];
        buffer.get(secret);
        return Optional.of(new RefreshToken(session, generation, secret));
    }

    String text(KeyedHash key) {
        byte[] body = body();
        byte[] all =
                ByteBuffer.allocate(BODY + TAG).put(body).put(tag(body, key)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * The token that follows, derived so that it need not be stored to be answered again. The generations after the first
     * replace a successor whose answer was lost.
     *
     * @param generation greater than this one's
     */
    RefreshToken successor(int generation, KeyedHash key) {
        byte[] body = body();
        int replaced = generation - this.generation - 1;
        // the first has the form that earlier versions gave it, so that their answers can be repeated too
        byte[] from = replaced == 0
                ? body
                : ByteBuffer.allocate(BODY + Integer.BYTES)
                        .put(body)
                        .putInt(replaced)
                        .array();
        return new RefreshToken(session, generation, key.of("refresh-successor", from));
    }

    byte[] secretHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] body() {
        return ByteBuffer.allocate(BODY)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .putInt(generation)
                .put(secret)
                .array();
    }

    private static byte[] tag(byte[] body, KeyedHash key) {
        return Arrays.copyOf(key.of("refresh-tag", body), TAG);
    }
}
