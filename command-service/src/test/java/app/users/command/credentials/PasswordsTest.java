package app.users.command.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Security line 3: hashing is bounded and fair, and a client that finds no place is told when to come back. */
class PasswordsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 256;
    private static final int WAITING_OF_NETWORK = 64;
    private static final Requester FLOOD = Requester.at("192.0.2.1");
    private static final Requester OTHER = Requester.at("192.0.2.2");

    private final AtomicBoolean held = new AtomicBoolean();
    private final Semaphore release = new Semaphore(0);
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    @Test
    void refusesWhatTheQueueDoesNotHoldAndServesWhatItDoes() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            held.set(true);
            List<Future<String>> hashes = new ArrayList<>(begin(passwords, callers, FLOOD, CORES));
            Awaitility.await().until(() -> atOnce.get() == CORES);
            for (int i = 0; i < WAITING; i++) {
                hashes.addAll(begin(passwords, callers, Requester.at("198.51.100." + i), 1));
            }
            Awaitility.await().until(() -> passwords.waiting() == WAITING);
            assertBusy(passwords, OTHER);
            releaseAll();
            for (Future<String> hash : hashes) {
                assertThat(hash.get()).startsWith("$argon2id$");
            }
            assertThat(mostAtOnce).hasValue(CORES);
        }
    }

    @Test
    void anotherNetworkIsNotHeldUpByAFlood() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = begun.get();
            held.set(true);
            begin(passwords, callers, FLOOD, CORES);
            Awaitility.await().until(() -> atOnce.get() == CORES);
            begin(passwords, callers, FLOOD, 40);
            Awaitility.await().until(() -> passwords.waiting() == 40);
            Future<String> other = callers.submit(() -> passwords.hash(OTHER, "of another network"));
            Awaitility.await().until(() -> passwords.waiting() == 41);

            release.release(2);
            Awaitility.await().until(() -> passwords.waiting() == 39 && begun.get() == before + CORES + 2);
            assertThat(texts).contains("of another network");
            releaseAll();
            assertThat(other.get()).startsWith("$argon2id$");
        }
    }

    @Test
    void oneNetworkCannotTakeAllPlaces() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            held.set(true);
            begin(passwords, callers, FLOOD, CORES);
            Awaitility.await().until(() -> atOnce.get() == CORES);
            begin(passwords, callers, FLOOD, WAITING_OF_NETWORK);
            Awaitility.await().until(() -> passwords.waiting() == WAITING_OF_NETWORK);
            assertBusy(passwords, FLOOD);
            Future<String> other = callers.submit(() -> passwords.hash(OTHER, "of another network"));
            Awaitility.await().until(() -> passwords.waiting() == WAITING_OF_NETWORK + 1);
            releaseAll();
            assertThat(other.get()).startsWith("$argon2id$");
        }
    }

    @Test
    void aTextThatIsTooLongForAPasswordIsNotHashed() {
        try (Passwords passwords = new Passwords(this::hash, now::get)) {
            int before = begun.get();
            assertThat(passwords.matches(OTHER, "e\u0301".repeat(4096), passwords.standIn()))
                    .isFalse();
            assertThat(begun).hasValue(before);
        }
    }

    @Test
    void whoHasWaitedTooLongIsRefusedAndCostsNoHash() throws Exception {
        try (Passwords passwords = new Passwords(this::hash, now::get);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            held.set(true);
            List<Future<String>> first = begin(passwords, callers, FLOOD, CORES);
            Awaitility.await().until(() -> atOnce.get() == CORES);
            Future<String> late = callers.submit(() -> passwords.hash(OTHER, "late"));
            Awaitility.await().until(() -> passwords.waiting() == 1);
            int hashed = begun.get();
            now.set(Duration.ofSeconds(10).plusNanos(1).toNanos());
            releaseAll();
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
            String hash = passwords.hash(OTHER, "a password");
            try (Passwords broken = new Passwords(
                    (password, salt, memory, passes) -> {
                        if (held.get()) {
                            throw new IllegalStateException("no memory");
                        }
                        return hash(password, salt, memory, passes);
                    },
                    now::get)) {
                held.set(true);
                releaseAll();
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> broken.matches(OTHER, "a password", hash))
                        .withRootCauseInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static List<Future<String>> begin(
            Passwords passwords, ExecutorService callers, Requester requester, int hashes) {
        return IntStream.range(0, hashes)
                .mapToObj(i -> callers.submit(() -> passwords.hash(requester, "password " + i)))
                .toList();
    }

    private static void assertBusy(Passwords passwords, Requester requester) {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> passwords.hash(requester, "one too many"))
                .satisfies(rejected -> {
                    assertThat(rejected.reason()).isEqualTo(Reason.UNAVAILABLE);
                    assertThat(rejected.code()).isEqualTo("busy");
                    assertThat(rejected.retryAfter()).isPresent();
                });
    }

    private void releaseAll() {
        release.release(10_000);
    }

    private byte[] hash(byte[] password, byte[] salt, int memory, int passes) {
        texts.add(new String(password, StandardCharsets.UTF_8));
        begun.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            if (held.get()) {
                release.acquire();
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
