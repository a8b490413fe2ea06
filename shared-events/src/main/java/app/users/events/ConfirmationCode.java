package app.users.events;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the six digits that confirm an email or number or reset a password: HMAC-SHA-256 over purpose, user, address and request,
 * truncated as in RFC 4226. The command service checks and the notification service shows the same code without
 * either storing it.
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

    /** Compares in constant time. */
    public boolean matches(String given, Purpose purpose, long user, String address, String request) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                derive(purpose, user, address, request).getBytes(StandardCharsets.UTF_8));
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
