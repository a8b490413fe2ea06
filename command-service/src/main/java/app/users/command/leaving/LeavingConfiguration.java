package app.users.command.leaving;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a user leaves. */
@Configuration(proxyBeanMethods = false)
@Import(LeavingController.class)
public class LeavingConfiguration {

    @Bean
    Receipts receipts(JdbcTemplate jdbc) {
        return new Receipts(jdbc);
    }
}
