package app.users.command.registration;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a person becomes a user. */
@Configuration(proxyBeanMethods = false)
@Import(RegistrationController.class)
@EnableConfigurationProperties(ExecutorProperties.class)
public class RegistrationConfiguration {

    @Bean
    UserIds userIds(JdbcTemplate jdbc) {
        return new UserIds(jdbc);
    }
}
