package app.users.command.leaving;

import app.users.command.aggregate.Commands;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a user leaves. */
@Configuration(proxyBeanMethods = false)
@Import(LeavingController.class)
@EnableConfigurationProperties(UnusedUserProperties.class)
public class LeavingConfiguration {

    @Bean
    Receipts receipts(JdbcTemplate jdbc) {
        return new Receipts(jdbc);
    }

    @Bean
    EraseEndpoint commandEraseEndpoint(Commands commands, Receipts receipts, Clock clock) {
        return new EraseEndpoint(commands, receipts, clock);
    }

    @Bean
    UnusedUsers unusedUsers(JdbcTemplate jdbc, Commands commands, Clock clock, UnusedUserProperties properties) {
        return new UnusedUsers(jdbc, commands, clock, properties.unusedAfter());
    }
}
