package app.users.command.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Security line 3: hashing is bounded, and who finds the queue full is told when to come back. */
class PasswordsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 256;

    private final AtomicBoolean held = new AtomicBoolean();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void refusesWhatTheQueueDoesNotHoldAndServesWhatItDoes() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            held.set(true);
            List<Future<String>> hashes = IntStream.range(0, CORES + WAITING)
                    .mapToObj(i -> callers.submit(() -> passwords.hash("password " + i)))
                    .toList();
            Awaitility.await().until(() -> passwords.waiting() == WAITING);
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> passwords.hash("one too many"))
                    .satisfies(rejected -> {
                        assertThat(rejected.reason()).isEqualTo(Reason.UNAVAILABLE);
                        assertThat(rejected.retryAfter()).isPresent();
                    });
            release.countDown();
            for (Future<String> hash : hashes) {
                assertThat(hash.get()).startsWith("$argon2id$");
            }
            assertThat(mostAtOnce).hasValue(CORES);
        }
    }

    @Test
    void aTextThatIsTooLongForAPasswordIsNotHashed() {
        try (Passwords passwords = new Passwords(this::hash, now::get)) {
            int before = begun.get();
            assertThat(passwords.matches("e\u0301".repeat(4096), passwords.standIn()))
                    .isFalse();
            assertThat(begun).hasValue(before);
        }
    }

    @Test
    void whoHasWaitedTooLongIsRefusedAndCostsNoHash() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            held.set(true);
            List<Future<String>> first = IntStream.range(0, CORES)
                    .mapToObj(i -> callers.submit(() -> passwords.hash("first " + i)))
                    .toList();
            Awaitility.await().until(() -> atOnce.get() == CORES);
            Future<String> late = callers.submit(() -> passwords.hash("late"));
            Awaitility.await().until(() -> passwords.waiting() == 1);
            int hashed = begun.get();
            now.set(Duration.ofSeconds(10).plusNanos(1).toNanos());
            release.countDown();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(late::get)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.UNAVAILABLE));
            for (Future<String> hash : first) {
                assertThat(hash.get()).startsWith("$argon2id$");
            }
            assertThat(begun).hasValue(hashed);
        }
    }

    @Test
    void aFailureIsNoWrongPassword() {
        try (Passwords passwords = new Passwords(this::hash, now::get)) {
            String hash = passwords.hash("a password");
            try (Passwords broken = new Passwords(
                    (password, salt, memory, passes) -> {
                        if (held.get()) {
                            throw new IllegalStateException("no memory");
                        }
                        return hash(password, salt, memory, passes);
                    },
                    now::get)) {
                held.set(true);
                release.countDown();
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> broken.matches("a password", hash))
                        .withRootCauseInstanceOf(IllegalStateException.class);
            }
        }
    }

    private byte[] hash(byte[] password, byte[] salt, int memory, int passes) {
        begun.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            if (held.get()) {
                release.await();
            }
            return new byte[32];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            atOnce.decrementAndGet();
        }
    }
}
