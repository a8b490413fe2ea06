package app.users.command.profile;

import app.users.command.aggregate.Claims;
import app.users.command.credentials.Credentials;
import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.throttle.WrongPasswords;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How a user changes the own profile. */
@Configuration(proxyBeanMethods = false)
@Import(ProfileController.class)
@EnableConfigurationProperties(PasswordProperties.class)
public class ProfileConfiguration {

    @Bean
    CurrentPassword currentPassword(
            Credentials credentials,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            Claims claims,
            PasswordProperties properties) {
        return new CurrentPassword(credentials, passwords, wrongPasswords, claims, properties.requireCurrent());
    }

    @Bean
    PasswordChange passwordChange(Credentials credentials, Passwords passwords, PasswordRule rule) {
        return new PasswordChange(credentials, passwords, rule);
    }
}
