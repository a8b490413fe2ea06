package app.users.command.credentials;

import app.users.command.value.Password;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hashes passwords with Argon2id (m=7168 KiB, t=5, p=1), as many at once as there are cores; a bounded number waits,
 * further ones get a 503. The threads are their own: a hash is native code, and on the threads of requests it would
 * hold up those that hash nothing.
 */
public final class Passwords implements AutoCloseable {

    private static final int MEMORY_KIB = 7168;
    private static final int PASSES = 5;
    private static final String PARAMETERS = PasswordHash.parameters(MEMORY_KIB, PASSES);
    private static final int WAITING = 256;

    /** A request that has waited longer is refused on dequeue, which is cheaper than a timer for each request. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Argon2 argon2;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;
    private final String standIn;

    public Passwords() {
        this(Argon2.fastest(), System::nanoTime);
    }

    public Passwords(Argon2 argon2, LongSupplier nanoTime) {
        int cores = Runtime.getRuntime().availableProcessors();
        this.argon2 = argon2;
        this.nanoTime = nanoTime;
        this.threads = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("passwords-", 1).factory());
        this.standIn = hash("nobody has this password");
    }

    public String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        byte[] hash = bounded(() -> argon2.hash(bytes(password), salt, MEMORY_KIB, PASSES));
        return new PasswordHash(MEMORY_KIB, PASSES, salt, hash).phc();
    }

    /** A text that no user may have as a password is not hashed; that tells nothing about the user. */
    public boolean matches(String password, String phc) {
        if (Password.isTooLong(password)) {
            return false;
        }
        PasswordHash stored = PasswordHash.parse(phc)
                .orElseThrow(() -> new IllegalStateException("a stored hash is no Argon2id hash"));
        byte[] hash = bounded(() -> argon2.hash(bytes(password), stored.salt(), stored.memory(), stored.passes()));
        return MessageDigest.isEqual(hash, stored.hash());
    }

    /** Whether the hash was made with other parameters than today's. */
    public static boolean isOutdated(String phc) {
        return !phc.startsWith(PARAMETERS);
    }

    /** A hash to compare with if the account is unknown, so that the time does not reveal it. */
    public String standIn() {
        return standIn;
    }

    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bounded(Callable<byte[]> hashing) {
        long since = nanoTime.getAsLong();
        Future<Optional<byte[]>> hash;
        try {
            hash = threads.submit(() -> hasWaitedTooLong(since) ? Optional.empty() : Optional.of(hashing.call()));
        } catch (RejectedExecutionException e) {
            throw busy();
        }
        try {
            return hash.get().orElseThrow(Passwords::busy);
        } catch (InterruptedException e) {
            hash.cancel(false);
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private boolean hasWaitedTooLong(long since) {
        return nanoTime.getAsLong() - since > LONGEST_WAIT.toNanos();
    }

    /** How many passwords wait for a core. */
    int waiting() {
        return threads.getQueue().size();
    }

    private static Rejected busy() {
        return Rejected.of(Reason.UNAVAILABLE, "busy").retryAfter(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
