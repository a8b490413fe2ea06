package app.users.command.credentials;

import app.users.command.value.Password;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Hashes passwords with Argon2id (m=7168 KiB, t=5, p=1), as many at once as there are cores; a bounded number waits,
 * further ones get a 503. Networks take turns, so that one client cannot hold up all others. The threads are their own: a
 * hash is native code, and on the threads of requests it would hold up those that hash nothing.
 */
public final class Passwords implements AutoCloseable {

    private static final int MEMORY_KIB = 7168;
    private static final int PASSES = 5;
    private static final String PARAMETERS = PasswordHash.parameters(MEMORY_KIB, PASSES);
    private static final int WAITING = 256;
    private static final int WAITING_OF_NETWORK = 64;
    private static final int WAITING_OF_USER = 8;

    /** A request that has waited longer is refused on dequeue, which is cheaper than a timer for each request. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Argon2 argon2;
    private final LongSupplier nanoTime;
    private final FairQueue<Runnable> waiting = new FairQueue<>(WAITING, WAITING_OF_NETWORK, WAITING_OF_USER);

    /** Each task of a thread is to run the next one of {@link #waiting}, which bounds both. */
    private final ExecutorService threads;

    private final String standIn;

    public Passwords() {
        this(Argon2.fastest(), System::nanoTime);
    }

    public Passwords(Argon2 argon2, LongSupplier nanoTime) {
        int cores = Runtime.getRuntime().availableProcessors();
        this.argon2 = argon2;
        this.nanoTime = nanoTime;
        this.threads = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().daemon().name("passwords-", 1).factory());
        this.standIn = hashed("nobody has this password").phc();
    }

    public String hash(Requester requester, String password) {
        return bounded(requester, () -> hashed(password)).phc();
    }

    private PasswordHash hashed(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        byte[] hash = argon2.hash(bytes(password), salt, MEMORY_KIB, PASSES);
        return new PasswordHash(MEMORY_KIB, PASSES, salt, hash);
    }

    /** A text that no user may have as a password is not hashed; that tells nothing about the user. */
    public boolean matches(Requester requester, String password, String phc) {
        if (Password.isTooLong(password)) {
            return false;
        }
        PasswordHash stored = PasswordHash.parse(phc)
                .orElseThrow(() -> new IllegalStateException("a stored hash is no Argon2id hash"));
        byte[] hash =
                bounded(requester, () -> argon2.hash(bytes(password), stored.salt(), stored.memory(), stored.passes()));
        return MessageDigest.isEqual(hash, stored.hash());
    }

    /** Whether the hash was made with other parameters than today's. */
    public static boolean isOutdated(String phc) {
        return !phc.startsWith(PARAMETERS);
    }

    /** A hash that no password has. */
    static String unmatched() {
        byte[] random = new byte[48];
        RANDOM.nextBytes(random);
        return new PasswordHash(MEMORY_KIB, PASSES, Arrays.copyOf(random, 16), Arrays.copyOfRange(random, 16, 48))
                .phc();
    }

    /** A hash to compare with if the account is unknown, so that the time does not reveal it. */
    public String standIn() {
        return standIn;
    }

    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T bounded(Requester requester, Callable<T> hashing) {
        long since = nanoTime.getAsLong();
        var hash = new FutureTask<>(() -> hasWaitedTooLong(since) ? Optional.<T>empty() : Optional.of(hashing.call()));
        if (!waiting.offer(requester, hash)) {
            throw busy();
        }
        try {
            threads.execute(this::runNext);
        } catch (RejectedExecutionException e) {
            // closed
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

    private void runNext() {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
    }

    private boolean hasWaitedTooLong(long since) {
        return nanoTime.getAsLong() - since > LONGEST_WAIT.toNanos();
    }

    /** How many passwords wait for a core. */
    int waiting() {
        return waiting.size();
    }

    private static Rejected busy() {
        return Rejected.of(Reason.UNAVAILABLE, "busy").retryAfter(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
