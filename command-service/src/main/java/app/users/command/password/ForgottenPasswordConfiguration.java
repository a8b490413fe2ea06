package app.users.command.password;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import app.users.command.aggregate.ResetCodes;
import app.users.command.security.SecurityLog;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.MessageBudget;
import app.users.command.throttle.WrongPasswords;
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
    ForgottenPasswords forgottenPasswords(
            JdbcTemplate jdbc,
            Claims claims,
            ResetCodes codes,
            KnownAddresses addresses,
            MessageBudget mails,
            Commands commands,
            Clock clock) {
        return new ForgottenPasswords(jdbc, claims, codes, addresses, mails, commands, clock);
    }

    @Bean
    PasswordResets passwordResets(
            ResetCodes codes,
            Commands commands,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses,
            Claims claims,
            SecurityLog log,
            Clock clock) {
        return new PasswordResets(codes, commands, wrongPasswords, addresses, claims, log, clock);
    }
}
