package app.users.web.body;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import java.time.Duration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Limits on request bodies, and strict JSON. */
@Configuration(proxyBeanMethods = false)
@Import(JsonConfiguration.class)
public class BodyConfiguration {

    @Bean
    FilterRegistrationBean<BodyFilter> webBodyFilter(Problems problems) {
        return RequestFilters.registered(new BodyFilter(problems, Duration.ofSeconds(30)), RequestOrder.BODY);
    }
}
