package app.users.command.registration;

import app.users.command.aggregate.ConfirmationProperties;
import app.users.command.throttle.Budget;
import app.users.command.throttle.MessageBudget;
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
    RegistrationLimits registrationLimits(
            RegistrationProperties properties,
            ConfirmationProperties confirmation,
            Budget registrationsInAll,
            Budget taken,
            MessageBudget mails,
            Clock clock) {
        return new RegistrationLimits(
                new ProofOfWork(properties.workBits(), clock),
                registrationsInAll,
                taken,
                mails,
                confirmation.mailOnRegistration());
    }

    @Bean
    UserIds userIds(JdbcTemplate jdbc) {
        return new UserIds(jdbc);
    }
}
