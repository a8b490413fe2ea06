package app.users.command.replay;

import app.users.command.relay.Publication;
import app.users.command.relay.RelayProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays on demand, those for checks of readers' copies, and those of erased users. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    private static final Duration FINISH_EVERY = Duration.ofSeconds(5);

    @Bean
    ReplayTable commandReplayTable(JdbcTemplate jdbc, Clock clock) {
        return new ReplayTable(jdbc, clock);
    }

    @Bean
    Checks commandChecks(ReplayTable table, RelayProperties properties, Clock clock) {
        return new Checks(table, properties.checkWithin(), clock);
    }

    @Bean
    Replays commandReplays(
            ReplayTable table,
            EventStorageEngine store,
            Publication publication,
            PlatformTransactionManager transactions,
            Checks checks,
            Clock clock) {
        var replayer = new Replayer(table, store, publication, new TransactionTemplate(transactions));
        return new Replays(table, replayer, checks, clock);
    }

    @Bean
    ReplayEndpoint commandReplayEndpoint(Replays replays) {
        return new ReplayEndpoint(replays);
    }

    @Bean
    SchedulingConfigurer commandErasureSchedule(
            ReplayTable table, Replays replays, RelayProperties properties, Clock clock) {
        ErasureUpkeep erasures = new ErasureUpkeep(table, replays, clock);
        return tasks -> {
            tasks.addFixedDelayTask(
                    new FixedDelayTask(erasures::repeat, properties.housekeeping(), properties.housekeeping()));
            tasks.addFixedDelayTask(new FixedDelayTask(erasures::finish, FINISH_EVERY, FINISH_EVERY));
        };
    }

    @Bean
    MeterBinder commandCheckMetrics(Checks checks) {
        return meters -> Gauge.builder("users.checks.progress", checks, Checks::progress)
                .description("part of the users whose events were sent once more in the latest pass, from 0 to 1")
                .register(meters);
    }
}
