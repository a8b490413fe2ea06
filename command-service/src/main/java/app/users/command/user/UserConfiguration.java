package app.users.command.user;

import app.users.command.idempotency.StoredAnswers;
import app.users.command.store.KeyedHash;
import app.users.command.store.UserKeys;
import app.users.command.token.Credentials;
import app.users.command.token.Passwords;
import app.users.command.token.Sessions;
import app.users.command.value.Password;
import app.users.events.ConfirmationCode;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The user, what may be asked of it, and the doors to it. */
@Configuration(proxyBeanMethods = false)
@Import({
    User.class,
    RegistrationController.class,
    ProfileController.class,
    LeavingController.class,
    ConfirmationController.class,
    ForgottenPasswordController.class
})
@EnableConfigurationProperties({
    PasswordProperties.class,
    ExecutorProperties.class,
    ConfirmationProperties.class,
    NoticeProperties.class
})
public class UserConfiguration {

    @Bean
    Claims claims(JdbcTemplate jdbc, KeyedHash hash) {
        return new Claims(jdbc, hash);
    }

    @Bean
    PasswordRule passwordRule() {
        return new PasswordRule(new CommonPasswords(Password.MIN));
    }

    @Bean
    PasswordChange passwordChange(
            Credentials credentials, Passwords passwords, PasswordRule rule, PasswordProperties properties) {
        return new PasswordChange(credentials, passwords, rule, properties.requireCurrent());
    }

    @Bean
    Tally tally(JdbcTemplate jdbc, KeyedHash hash, Clock clock) {
        return new Tally(jdbc, hash, clock);
    }

    @Bean
    CodeRules codeRules(ConfirmationProperties properties) {
        return new CodeRules(new ConfirmationCode(properties.key().bytes()), properties.limits());
    }

    @Bean
    CodeTally codeTally(Tally tally, ConfirmationProperties properties) {
        return new CodeTally(tally, properties.limits());
    }

    @Bean
    UserIds userIds(JdbcTemplate jdbc) {
        return new UserIds(jdbc);
    }

    @Bean
    Receipts receipts(JdbcTemplate jdbc) {
        return new Receipts(jdbc);
    }

    @Bean
    ForgottenPasswords forgottenPasswords(JdbcTemplate jdbc, Claims claims, Commands commands, Clock clock) {
        return new ForgottenPasswords(jdbc, claims, commands, clock);
    }

    @Bean
    Notices notices(Tally tally, NoticeProperties properties) {
        return new Notices(tally, properties);
    }

    @Bean
    Erasure erasure(JdbcTemplate jdbc, UserKeys keys, Claims claims, Credentials credentials, StoredAnswers answers) {
        return new Erasure(jdbc, keys, claims, credentials, answers);
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }

    @Bean
    WebMvcConfigurer commandSessionCheck(Sessions sessions) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new SessionCheck(sessions)).addPathPatterns("/users/**");
            }
        };
    }
}
