package app.users.web.cors;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.CorsFilter;

/** Cross-origin requests from browsers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsProperties.class)
public class CorsFilterConfiguration {

    /** Disabled without origins in the settings: answers then have no CORS headers, and browsers hide them from other origins. */
    @Bean
    FilterRegistrationBean<CorsFilter> webCorsFilter(CorsProperties properties, Problems problems) {
        var registration = RequestFilters.registered(Cors.filter(properties.origins(), problems), RequestOrder.CORS);
        registration.setEnabled(!properties.origins().isEmpty());
        return registration;
    }
}
