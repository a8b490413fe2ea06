package app.users.command.registration;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes registrations dear for machines: the client finds a number so that a SHA-256 hash begins with zero bits. It is checked
 * before the password is hashed. The proof holds for one email and ten minutes.
 */
final class ProofOfWork {

    static final String HEADER = "Users-Work";

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Pattern PROOF = Pattern.compile("([0-9]{1,12})\\.([0-9A-Za-z]{1,20})");

    private final int bits;
    private final Clock clock;

    ProofOfWork(int bits, Clock clock) {
        this.bits = bits;
        this.clock = clock;
    }

    /**
     * @param email as the client sends it
     * @param proof {@code <Unix seconds>.<letters and digits>}: the hash of {@code <email> <proof>} begins with the zero bits
     * @throws Rejected if there is no proof, or not enough of it
     */
    void check(String email, @Nullable String proof) {
        if (bits > 0 && !holds(email, proof == null ? "" : proof)) {
            throw Rejected.of(Reason.INVALID, "work-required").member("bits", bits);
        }
    }

    private boolean holds(String email, String proof) {
        Matcher parts = PROOF.matcher(proof);
        return parts.matches()
                && isRecent(Instant.ofEpochSecond(Long.parseLong(parts.group(1))))
                && zeroBits(sha256(email + " " + proof)) >= bits;
    }

    private boolean isRecent(Instant made) {
        return Duration.between(made, clock.instant()).abs().compareTo(GOOD_FOR) <= 0;
    }

    static int zeroBits(byte[] hash) {
        int bits = 0;
        for (byte b : hash) {
            if (b != 0) {
                return bits + Integer.numberOfLeadingZeros(b & 0xff) - (Integer.SIZE - Byte.SIZE);
            }
            bits += Byte.SIZE;
        }
        return bits;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
