package app.users.system;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** The work of a client that registers with a system which asks for a proof, as {@code docs/api.md} describes it. */
final class Work {

    static final int BITS = 8;

    private Work() {}

    static String proof(String email) {
        long now = Instant.now().getEpochSecond();
        for (int number = 0; ; number++) {
            String proof = now + "." + number;
            // the first BITS bits
            if (sha256(email + " " + proof)[0] == 0) {
                return proof;
            }
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
