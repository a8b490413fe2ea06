package app.users.web;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.order.RequestOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Tomcat runs the filters in the order that {@link RequestOrder} describes. */
@SpringBootTest(
        classes = {TestService.class, ReadYourWritesConfiguration.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web", "users.cors.origins=https://shop.example"})
class RequestOrderTest {

    @Test
    void filtersRunInTheDescribedOrder(@Autowired ServletWebServerApplicationContext process) {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(process.getWebServer());
        Context context = (Context) server.getTomcat().getHost().findChildren()[0];
        List<String> filters = Arrays.stream(context.findFilterMaps())
                .map(FilterMap::getFilterName)
                .toList();
        assertThat(filters)
                .containsSubsequence(
                        "characterEncodingFilter",
                        "webMvcObservationFilter",
                        "webRequestIdFilter",
                        "webHeaderLimitFilter",
                        "webTrustedProxies",
                        "webCorsFilter",
                        "webLastSlashFilter",
                        "webRouteFilter",
                        "webReadYourWritesFilter",
                        "requestContextFilter",
                        "springSecurityFilterChain",
                        "webAcceptFilter",
                        "webBodyFilter");
    }

    @Test
    void springSecurityStandsWhereTheOrderSays() {
        assertThat(RequestOrder.SPRING_SECURITY).isEqualTo(SecurityFilterProperties.DEFAULT_FILTER_ORDER);
    }
}
