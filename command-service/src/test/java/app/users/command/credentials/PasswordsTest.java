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
import org.junit.jupiter.api.AfterEach;
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
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Passwords passwords = new Passwords(this::hash, now::get);

    @AfterEach
    void endEverything() {
        releaseAll();
        callers.close();
        passwords.close();
    }

    @Test
    void refusesWhatTheQueueDoesNotHoldAndServesWhatItDoes() throws Exception {
        held.set(true);
        List<Future<String>> hashes = new ArrayList<>(begin(FLOOD, CORES));
        Awaitility.await().until(() -> atOnce.get() == CORES);
        for (int i = 0; i < WAITING; i++) {
            hashes.addAll(begin(Requester.at("198.51.100." + i), 1));
        }
        Awaitility.await().until(() -> passwords.waiting() == WAITING);
        assertBusy(OTHER);
        releaseAll();
        for (Future<String> hash : hashes) {
            assertThat(hash.get()).startsWith("$argon2id$");
        }
        assertThat(mostAtOnce).hasValue(CORES);
    }

    @Test
    void anotherNetworkIsNotHeldUpByAFlood() throws Exception {
        int before = begun.get();
        held.set(true);
        begin(FLOOD, CORES);
        Awaitility.await().until(() -> atOnce.get() == CORES);
        begin(FLOOD, 40);
        Awaitility.await().until(() -> passwords.waiting() == 40);
        Future<String> other = callers.submit(() -> passwords.hash(OTHER, "of another network"));
        Awaitility.await().until(() -> passwords.waiting() == 41);

        release.release(2);
        Awaitility.await().until(() -> passwords.waiting() == 39 && begun.get() == before + CORES + 2);
        assertThat(texts).contains("of another network");
        releaseAll();
        assertThat(other.get()).startsWith("$argon2id$");
    }

    @Test
    void oneNetworkCannotTakeAllPlaces() throws Exception {
        held.set(true);
        begin(FLOOD, CORES);
        Awaitility.await().until(() -> atOnce.get() == CORES);
        begin(FLOOD, WAITING_OF_NETWORK);
        Awaitility.await().until(() -> passwords.waiting() == WAITING_OF_NETWORK);
        assertBusy(FLOOD);
        Future<String> other = callers.submit(() -> passwords.hash(OTHER, "of another network"));
        Awaitility.await().until(() -> passwords.waiting() == WAITING_OF_NETWORK + 1);
        releaseAll();
        assertThat(other.get()).startsWith("$argon2id$");
    }

    @Test
    void aTextThatIsTooLongForAPasswordIsNotHashed() {
        int before = begun.get();
        assertThat(passwords.matches(OTHER, "e\u0301".repeat(4096), passwords.standIn()))
                .isFalse();
        assertThat(begun).hasValue(before);
    }

    @Test
    void whoHasWaitedTooLongIsRefusedAndCostsNoHash() throws Exception {
        held.set(true);
        List<Future<String>> first = begin(FLOOD, CORES);
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

    @Test
    void aFailureIsNoWrongPassword() {
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

    private List<Future<String>> begin(Requester requester, int hashes) {
        return IntStream.range(0, hashes)
                .mapToObj(i -> callers.submit(() -> passwords.hash(requester, "password " + i)))
                .toList();
    }

    private void assertBusy(Requester requester) {
        Future<String> refused = callers.submit(() -> passwords.hash(requester, "one too many"));
        Awaitility.await().until(refused::isDone);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(refused::get)
                .havingCause()
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
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
