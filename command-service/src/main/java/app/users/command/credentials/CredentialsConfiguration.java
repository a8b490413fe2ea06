package app.users.command.credentials;

import app.users.command.security.SecurityLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Passwords and sessions. */
@Configuration(proxyBeanMethods = false)
public class CredentialsConfiguration {

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Credentials credentials(JdbcTemplate jdbc, SecurityLog log) {
        return new Credentials(jdbc, log);
    }

    @Bean
    LiveSessions liveSessions(JdbcTemplate jdbc) {
        return new LiveSessions(jdbc);
    }

    @Bean
    PasswordRule passwordRule() {
        return new PasswordRule();
    }
}
