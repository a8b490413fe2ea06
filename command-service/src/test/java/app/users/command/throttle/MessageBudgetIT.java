package app.users.command.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.CommandDatabase;
import app.users.command.keys.KeyedHash;
import app.users.web.problem.Rejected;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Security line 39: what messages cost is bounded. A second budget on the same database stands for a second process. */
@ExtendWith(OutputCaptureExtension.class)
class MessageBudgetIT {

    private static final DataSource SOURCE = CommandDatabase.migrated();
    private static final String ADDRESS = "192.0.2.1";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int MANY = 1_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Clock clock = mock(Clock.class);

    @BeforeEach
    void forget() {
        new JdbcTemplate(SOURCE).update("delete from throttle");
        given(clock.instant()).willReturn(NOW);
    }

    private MessageBudget budget(int ofNetwork, int ofInstallation) {
        return budget(ofNetwork, ofInstallation, Duration.ofHours(1));
    }

    private MessageBudget budget(int ofNetwork, int ofInstallation, Duration per) {
        Buckets buckets = new Buckets(SOURCE);
        KeyedHash hash = new KeyedHash(new byte[32]);
        return new MessageBudget(
                new Budget("texts-per-network", new Limit(ofNetwork, per), buckets, hash, meters),
                new Budget("texts", new Limit(ofInstallation, per), buckets, hash, meters),
                clock);
    }

    private static boolean isSent(MessageBudget budget, String address) {
        try {
            return budget.within(address, sent -> {
                sent.run();
                return true;
            });
        } catch (Rejected e) {
            assertThat(e.code()).isEqualTo("throttled");
            return false;
        }
    }

    /** How many are sent until one is refused. */
    private static int sent(MessageBudget budget, String address) {
        int sent = 0;
        while (sent < MANY && isSent(budget, address)) {
            sent++;
        }
        return sent;
    }

    @Test
    void eachNetworkHasItsOwn() {
        MessageBudget budget = budget(3, MANY);
        assertThat(sent(budget, ADDRESS)).isEqualTo(3);
        assertThat(sent(budget, "192.0.2.2")).isEqualTo(3);
        assertThat(sent(budget, "2001:db8::1")).isEqualTo(3);
        assertThat(isSent(budget, "2001:db8::ffff:2")).as("the same network").isFalse();
        assertThat(refused("texts-per-network")).isEqualTo(4);
        assertThat(refused("texts")).isZero();
    }

    @Test
    void allNetworksShareThatOfTheInstallation() {
        MessageBudget budget = budget(3, 4);
        assertThat(sent(budget, ADDRESS)).isEqualTo(3);
        assertThat(sent(budget, "192.0.2.2")).isOne();
        assertThat(sent(budget, "192.0.2.3")).isZero();
        assertThat(refused("texts")).isEqualTo(2);
    }

    @Test
    void saysWhenTheNextMayBeSent() {
        MessageBudget budget = budget(3, MANY);
        sent(budget, ADDRESS);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> budget.within(ADDRESS, _ -> ""))
                .satisfies(e -> assertThat(e.retryAfter())
                        .hasValueSatisfying(
                                wait -> assertThat(wait).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(20))));
    }

    @Test
    void whatSendsNothingSpendsNothing() {
        MessageBudget budget = budget(3, 3);
        for (int i = 0; i < 10; i++) {
            String answer = budget.within(ADDRESS, _ -> "confirmed already");
            assertThat(answer).isEqualTo("confirmed already");
            assertThatIllegalStateException()
                    .isThrownBy(() -> budget.within(ADDRESS, sent -> {
                        sent.run();
                        throw new IllegalStateException("rolled back");
                    }));
        }
        assertThat(sent(budget, ADDRESS)).isEqualTo(3);
    }

    @Test
    void aRefusalByTheInstallationSpendsNothingOfTheNetwork() {
        MessageBudget first = budget(3, 1);
        assertThat(sent(first, "192.0.2.9")).isOne();
        for (int i = 0; i < 10; i++) {
            assertThat(isSent(first, ADDRESS)).isFalse();
        }
        assertThat(sent(budget(3, MANY), ADDRESS)).isEqualTo(3);
    }

    @Test
    void comesBackWithTimeHoweverManyWereRefused() {
        MessageBudget budget = budget(2, 2, Duration.ofSeconds(2));
        sent(budget, ADDRESS);
        sent(budget, "192.0.2.2");
        await().atMost(Duration.ofSeconds(60)).until(() -> isSent(budget, ADDRESS));
    }

    /** All ask before the first has sent its message. */
    @Test
    void requestsAtTheSameMomentDoNotExceedIt() throws Exception {
        MessageBudget budget = budget(MANY, 3);
        CountDownLatch asked = new CountDownLatch(40);
        List<Callable<Boolean>> rivals = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String address = "198.51.100." + i;
            rivals.add(() -> {
                try {
                    return budget.within(address, sent -> {
                        asked.countDown();
                        awaitAll(asked);
                        sent.run();
                        return true;
                    });
                } catch (Rejected e) {
                    asked.countDown();
                    assertThat(e.retryAfter())
                            .hasValueSatisfying(
                                    wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofHours(1)));
                    return false;
                }
            });
        }
        int sent = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> rival : threads.invokeAll(rivals)) {
                sent += rival.get() ? 1 : 0;
            }
        }
        assertThat(sent).isEqualTo(3);
        assertThat(isSent(budget, ADDRESS)).isFalse();
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A hundredth of the limit, here one message, may not be told yet. */
    @Test
    void processesCountTogether() {
        assertThat(sent(budget(10, MANY), ADDRESS)).isEqualTo(10);
        assertThat(sent(budget(10, MANY), ADDRESS)).isLessThanOrEqualTo(1);
    }

    @Test
    void aSpentBudgetOfTheInstallationIsLoggedOnceAMinute(CapturedOutput output) {
        MessageBudget budget = budget(MANY, 1);
        for (int i = 0; i < 5; i++) {
            isSent(budget, ADDRESS);
        }
        given(clock.instant()).willReturn(NOW.plusSeconds(59));
        isSent(budget, ADDRESS);
        assertThat(warnings(output)).isOne();
        assertThat(output).contains("users.throttle.texts (1 in 3600 s) is spent");
        given(clock.instant()).willReturn(NOW.plusSeconds(60));
        isSent(budget, ADDRESS);
        isSent(budget, ADDRESS);
        assertThat(warnings(output)).isEqualTo(2);
        assertThat(refused("texts")).isEqualTo(7);
    }

    @Test
    void aSpentBudgetOfANetworkIsNotLogged(CapturedOutput output) {
        sent(budget(1, MANY), ADDRESS);
        assertThat(warnings(output)).isZero();
    }

    private static long warnings(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("is spent"))
                .count();
    }

    private double refused(String limit) {
        return meters.get("users.throttle.refused")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
