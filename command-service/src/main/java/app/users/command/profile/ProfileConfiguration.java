package app.users.command.profile;

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
    PasswordChange passwordChange(
            Credentials credentials,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            PasswordRule rule,
            PasswordProperties properties) {
        return new PasswordChange(credentials, passwords, wrongPasswords, rule, properties.requireCurrent());
    }
}
