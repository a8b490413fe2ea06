package app.users.query.parked;

import app.users.query.rebuild.ViewSets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see and do about parked users. */
@Configuration(proxyBeanMethods = false)
public class ParkedConfiguration {

    @Bean
    ParkedEndpoint queryParkedEndpoint(ViewSets sets) {
        return new ParkedEndpoint(sets);
    }
}
