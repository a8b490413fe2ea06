package app.users.web.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers 503 while a database is down. The gateway does not import it: it has no database and no {@code spring-tx}. */
@Configuration(proxyBeanMethods = false)
public class OutageConfiguration {

    @Bean
    OutageAdvice webOutageAdvice(Problems problems) {
        return new OutageAdvice(problems);
    }
}
