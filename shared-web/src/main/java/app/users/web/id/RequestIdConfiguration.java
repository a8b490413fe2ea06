package app.users.web.id;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The request id on every answer. */
@Configuration(proxyBeanMethods = false)
public class RequestIdConfiguration {

    @Bean
    FilterRegistrationBean<RequestIdFilter> webRequestIdFilter() {
        return RequestFilters.registered(new RequestIdFilter(), RequestOrder.REQUEST_ID);
    }
}
