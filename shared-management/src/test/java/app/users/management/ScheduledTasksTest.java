package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** A scheduled task that takes long delays no other. */
class ScheduledTasksTest {

    @EnableScheduling
    static class Tasks {

        final AtomicInteger runs = new AtomicInteger();
        final CountDownLatch released = new CountDownLatch(1);

        @Scheduled(fixedDelay = 1)
        void hangs() throws InterruptedException {
            released.await();
        }

        @Scheduled(fixedDelay = 1)
        void goesOn() {
            runs.incrementAndGet();
        }
    }

    @Test
    void oneThatHangsDelaysNoOther() {
        new ApplicationContextRunner()
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .withConfiguration(AutoConfigurations.of(
                        ScheduledTasksAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
                .withUserConfiguration(Tasks.class)
                .run(context -> {
                    Tasks tasks = context.getBean(Tasks.class);
                    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> tasks.runs.get() > 10);
                    assertThat(tasks.released.getCount()).isOne();
                    tasks.released.countDown();
                });
    }
}
