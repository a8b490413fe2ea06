package app.users.command.token;

import app.users.web.Reason;
import app.users.web.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id (m=7168 KiB, t=5, p=1), as many at once as there are cores; a bounded number waits,
 * the rest is told to come back.
 */
public final class Passwords {

    private static final int MEMORY_KIB = 7168;
    private static final int PASSES = 5;
    private static final int WAITING = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Argon2 argon2;
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final String nobody;

    public Passwords() {
        this(Argon2.fastest());
    }

    Passwords(Argon2 argon2) {
        this.argon2 = argon2;
        this.nobody = hash("nobody has this password");
    }

    public String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        byte[] hash = bounded(() -> argon2.hash(bytes(password), salt, MEMORY_KIB, PASSES));
        return new PasswordHash(MEMORY_KIB, PASSES, salt, hash).phc();
    }

    public boolean matches(String password, String phc) {
        PasswordHash stored = PasswordHash.parse(phc)
                .orElseThrow(() -> new IllegalStateException("a stored hash is no Argon2id hash"));
        byte[] hash = bounded(() -> argon2.hash(bytes(password), stored.salt(), stored.memory(), stored.passes()));
        return MessageDigest.isEqual(hash, stored.hash());
    }

    /** Whether the hash was made with other parameters than today's. */
    static boolean isOutdated(String phc) {
        return PasswordHash.parse(phc)
                .filter(hash -> hash.memory() == MEMORY_KIB && hash.passes() == PASSES)
                .isEmpty();
    }

    /** Costs what a real comparison costs, so that nobody can tell an unknown user by the time it takes. */
    void matchesNobody(String password) {
        boolean ignored = matches(password, nobody);
    }

    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bounded(Supplier<byte[]> hashing) {
        try {
            if (cores.getQueueLength() >= WAITING || !cores.tryAcquire(10, TimeUnit.SECONDS)) {
                throw Rejected.of(Reason.UNAVAILABLE, "busy").retryAfter(Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Rejected.of(Reason.UNAVAILABLE, "busy").retryAfter(Duration.ofSeconds(2));
        }
        try {
            return hashing.get();
        } finally {
            cores.release();
        }
    }
}
