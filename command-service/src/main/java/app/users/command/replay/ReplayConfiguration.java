package app.users.command.replay;

import app.users.command.relay.Publication;
import app.users.command.relay.RelayPosition;
import app.users.command.relay.RelayProperties;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays on demand, and those that check views. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    @Bean
    Replay commandReplay(
            EventStorageEngine store,
            Publication publication,
            RelayPosition relay,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Replay(store, publication, relay, jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    ReplayEndpoint commandReplayEndpoint(Replay replay) {
        return new ReplayEndpoint(replay);
    }

    @Bean
    ViewChecks commandChecks(Replay replay, JdbcTemplate jdbc, Clock clock) {
        return new ViewChecks(replay, jdbc, clock);
    }

    @Bean
    SchedulingConfigurer commandCheckSchedule(ViewChecks checks, RelayProperties properties) {
        return tasks -> {
            if (!properties.checkEvery().isZero()) {
                tasks.addFixedDelayTask(
                        new FixedDelayTask(checks::run, properties.checkEvery(), properties.checkEvery()));
            }
        };
    }
}
