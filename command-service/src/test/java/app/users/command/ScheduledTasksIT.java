package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A task that waits for Kafka delays no other task. */
@CommandServiceTest
class ScheduledTasksIT {

    private static final Duration OFTEN = Duration.ofSeconds(5);

    @Autowired
    private Collection<ScheduledTaskHolder> holders;

    @DynamicPropertySource
    static void noKafka(DynamicPropertyRegistry registry) throws GeneralSecurityException {
        RunningCommandService.servers(registry);
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1");
    }

    @Test
    void eachTaskRunsAgainAndAgainWhileKafkaIsAway() {
        List<Task> tasks = holders.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .filter(task -> task instanceof FixedDelayTask fixed
                        && fixed.getIntervalDuration().compareTo(OFTEN) <= 0)
                .toList();
        assertThat(tasks).hasSizeGreaterThanOrEqualTo(6);
        for (int round = 0; round < 3; round++) {
            Instant begin = Instant.now();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(tasks)
                            .allSatisfy(task -> assertThat(
                                            task.getLastExecutionOutcome().executionTime())
                                    .as(task.toString())
                                    .isAfter(begin)));
        }
    }
}
