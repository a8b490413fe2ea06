package app.users.command.idempotency;

import app.users.command.store.KeyedHash;
import app.users.web.RequestBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A request with an {@code Idempotency-Key} that has no answer yet; controllers take it as an argument, null without key.
 * Both hashes are keyed: the table tells neither keys nor bodies.
 *
 * @param key of route, caller and key
 * @param fingerprint of the body
 */
public record Attempt(byte[] key, byte[] fingerprint) {

    static Attempt of(HttpServletRequest request, String caller, String key, KeyedHash hash) {
        String scope = String.join("\n", request.getMethod(), request.getRequestURI(), caller, key);
        return new Attempt(hash.of("idempotency-key", scope), hash.of("idempotency-body", RequestBytes.of(request)));
    }

    boolean isSameRequest(byte[] other) {
        return MessageDigest.isEqual(fingerprint, other);
    }

    /** What two transactions with the same key cannot both lock. */
    long lock() {
        return ByteBuffer.wrap(key).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt attempt
                && Arrays.equals(key, attempt.key)
                && Arrays.equals(fingerprint, attempt.fingerprint);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
