package app.users.command.idempotency;

import app.users.command.keys.KeyedHash;
import app.users.web.body.RequestBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request with an {@code Idempotency-Key} that has no answer yet; controllers take it as an argument, null without key.
 * Both hashes are keyed: the table tells neither keys nor bodies.
 *
 * @param key of route, caller and key
 * @param fingerprint of the body as JSON: blanks and the order of members make no difference
 * @param byteFingerprint of the bytes of the body, which versions before stored
 */
public record Attempt(byte[] key, byte[] fingerprint, byte[] byteFingerprint) {

    private static final ObjectWriter SORTED =
            JsonMapper.builder().build().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

    static Attempt of(HttpServletRequest request, String caller, String key, KeyedHash hash, JsonMapper json) {
        String scope = String.join("\n", request.getMethod(), request.getRequestURI(), caller, key);
        byte[] body = RequestBytes.of(request);
        return new Attempt(
                hash.of("idempotency-key", scope),
                hash.of("idempotency-json", canonical(body, json)),
                hash.of("idempotency-body", body));
    }

    /** What is no JSON is refused later, for what it is. */
    private static byte[] canonical(byte[] body, JsonMapper json) {
        try {
            return SORTED.writeValueAsBytes(json.readTree(body));
        } catch (JacksonException e) {
            return body;
        }
    }

    boolean isSameRequest(byte[] other) {
        return MessageDigest.isEqual(fingerprint, other) || MessageDigest.isEqual(byteFingerprint, other);
    }

    /** What two transactions with the same key cannot both lock. */
    long lock() {
        return ByteBuffer.wrap(key).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt attempt
                && Arrays.equals(key, attempt.key)
                && Arrays.equals(fingerprint, attempt.fingerprint)
                && Arrays.equals(byteFingerprint, attempt.byteFingerprint);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
