package app.users.web.order;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/** Registers filters of the request path. */
public final class RequestFilters {

    private RequestFilters() {}

    /**
     * A filter for requests of clients, not for error or async dispatches of the server.
     *
     * @param order a constant of {@link RequestOrder}
     */
    public static <F extends Filter> FilterRegistrationBean<F> registered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }
}
