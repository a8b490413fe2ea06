package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ServerHealthTest {

    @Test
    void isUpWhileTheServerAnswers() {
        Health health = new ServerHealth("A server", ServerHealthTest::up).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEmpty();
    }

    @Test
    void isDownWithinSecondsWhileTheServerHangsAndUpAfterwards() {
        CountDownLatch answer = new CountDownLatch(1);
        ServerHealth server = new ServerHealth("A server", () -> {
            answer.await();
            return up();
        });
        Instant asked = Instant.now();
        assertThat(server.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        answer.countDown();
        assertThat(server.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void asksAHangingServerOnceHoweverManyWantToKnow() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        ServerHealth server = new ServerHealth("A server", () -> {
            asked.incrementAndGet();
            answer.await();
            return up();
        });
        Callable<Status> status = () -> server.health().getStatus();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Status> answered : threads.invokeAll(List.of(status, status, status, status))) {
                assertThat(answered.get()).isEqualTo(Status.DOWN);
            }
        }
        assertThat(asked).hasValue(1);
        answer.countDown();
    }

    @Test
    void tellsOfAFailureWithoutHostPasswordOrException() {
        AtomicBoolean fails = new AtomicBoolean(true);
        ServerHealth server = new ServerHealth("A server", () -> {
            if (fails.get()) {
                throw new IllegalStateException("db.internal:5432 refused user=admin password=secret");
            }
            return up();
        });
        Health health = server.health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsOnlyKeys("reason")
                .containsEntry("reason", "the check failed; the log says why");
        fails.set(false);
        assertThat(server.health().getStatus()).isEqualTo(Status.UP);
    }

    private static Health up() {
        return Health.up().build();
    }
}
