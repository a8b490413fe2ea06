package app.users.command.registration;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a person becomes a user. */
@Configuration(proxyBeanMethods = false)
@Import(RegistrationController.class)
@EnableConfigurationProperties({ExecutorProperties.class, RegistrationProperties.class})
public class RegistrationConfiguration {

    @Bean
    ProofOfWork proofOfWork(RegistrationProperties properties, Clock clock) {
        return new ProofOfWork(properties.workBits(), clock);
    }

    @Bean
    UserIds userIds(JdbcTemplate jdbc) {
        return new UserIds(jdbc);
    }
}
