package app.users.web.route;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.UrlHandlerFilter;

/** The routes of this process, and the checks against them. */
@Configuration(proxyBeanMethods = false)
public class RouteConfiguration {

    @Bean
    Routes webRoutes(ObjectProvider<Owner> owners) {
        return new Routes(owners.stream().collect(Collectors.toUnmodifiableSet()));
    }

    @Bean
    FilterRegistrationBean<UrlHandlerFilter> webLastSlashFilter() {
        return RequestFilters.registered(
                UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build(), RequestOrder.LAST_SLASH);
    }

    @Bean
    FilterRegistrationBean<RouteFilter> webRouteFilter(Routes routes, Problems problems) {
        return RequestFilters.registered(new RouteFilter(routes, problems), RequestOrder.ROUTE);
    }

    @Bean
    FilterRegistrationBean<AcceptFilter> webAcceptFilter(Routes routes, Problems problems) {
        return RequestFilters.registered(new AcceptFilter(routes, problems), RequestOrder.ACCEPT);
    }
}
