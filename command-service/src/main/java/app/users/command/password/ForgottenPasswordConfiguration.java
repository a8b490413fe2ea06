package app.users.command.password;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a forgotten password is replaced. */
@Configuration(proxyBeanMethods = false)
@Import(ForgottenPasswordController.class)
public class ForgottenPasswordConfiguration {

    @Bean
    ForgottenPasswords forgottenPasswords(JdbcTemplate jdbc, Claims claims, Commands commands, Clock clock) {
        return new ForgottenPasswords(jdbc, claims, commands, clock);
    }
}
