package app.users.events;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the six digits that confirm an email or number or reset a password, and the token that undoes a change of the email:
 * HMAC-SHA-256 over purpose, user, address and request. The digits are truncated as in RFC 4226, the token to 128 bits. The
 * command service checks and the notification service shows the same code without either storing it.
 */
public final class ConfirmationCode {

    /** What the code is for; a code for one purpose is worth nothing for another. */
    public enum Purpose {
        EMAIL,
        NUMBER,
        PASSWORD
    }

    private final SecretKeySpec key;

    /** @param key at least 32 random bytes, shared by the two services */
    public ConfirmationCode(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the confirmation key needs at least 32 bytes, got " + key.length);
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    public String derive(Purpose purpose, long user, String address, String request) {
        byte[] hash = mac().doFinal(String.join("\n", purpose.name(), Long.toString(user), address, request)
                .getBytes(StandardCharsets.UTF_8));
        int offset = hash[hash.length - 1] & 0x0f;
        int bits = (hash[offset] & 0x7f) << 24
                | (hash[offset + 1] & 0xff) << 16
                | (hash[offset + 2] & 0xff) << 8
                | (hash[offset + 3] & 0xff);
        String digits = Integer.toString(bits % 1_000_000);
        return "0".repeat(6 - digits.length()) + digits;
    }

    /**
     * The token that restores an email: the user's id, a dot and 128 bits in Base64 (URL alphabet).
     *
     * @param request of the undo, as the event names it
     */
    public String undoToken(long user, String request) {
        byte[] hash = mac().doFinal(
                        String.join("\n", "UNDO", Long.toString(user), request).getBytes(StandardCharsets.UTF_8));
        return user + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    /** Whether it is the token of this undo. */
    public boolean isUndoToken(String given, long user, String request) {
        return equal(given, undoToken(user, request));
    }

    public boolean matches(String given, Purpose purpose, long user, String address, String request) {
        return equal(given, derive(purpose, user, address, request));
    }

    /** Compares in constant time. */
    private static boolean equal(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
