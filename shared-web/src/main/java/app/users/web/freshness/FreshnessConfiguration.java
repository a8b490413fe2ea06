package app.users.web.freshness;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import app.users.web.route.Routes;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Read-your-own-writes. */
@Configuration(proxyBeanMethods = false)
public class FreshnessConfiguration {

    @Bean
    FilterRegistrationBean<ReadYourWrites> webReadYourWritesFilter(Routes routes, Problems problems, JsonMapper json) {
        return RequestFilters.registered(
                new ReadYourWrites(new LastWrites(Clock.systemUTC()), routes, problems, json),
                RequestOrder.READ_YOUR_WRITES);
    }
}
