package app.users.gateway;

import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

import app.users.web.DoorConfiguration;
import app.users.web.ReadYourWritesConfiguration;
import app.users.web.id.RequestId;
import app.users.web.order.RequestOrder;
import app.users.web.page.PageConfiguration;
import app.users.web.page.Part;
import app.users.web.problem.Problems;
import app.users.web.route.Owner;
import app.users.web.route.Route;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Sends each route of the one table to the service that owns it, and answers the first page itself. Tokens pass through: the services check them. */
@Configuration(proxyBeanMethods = false)
@Import({DoorConfiguration.class, PageConfiguration.class, ReadYourWritesConfiguration.class})
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    /** Most requests under way at each replica of a service. */
    private static final int CONNECTIONS = 256;

    private static final int CONNECTIONS_IN_ALL = 4 * CONNECTIONS;

    @Bean
    Owner gatewayCommandOwner() {
        return Owner.COMMAND;
    }

    @Bean
    Owner gatewayQueryOwner() {
        return Owner.QUERY;
    }

    @Bean
    Origins gatewayOrigins(GatewayProperties properties) {
        return new Origins(properties);
    }

    @Bean
    OriginsEndpoint gatewayOriginsEndpoint(Origins origins) {
        return new OriginsEndpoint(origins);
    }

    @Bean
    Replicas gatewayReplicas() {
        return new Replicas(InetAddress::getAllByName, System::nanoTime);
    }

    @Bean
    RouterFunction<ServerResponse> gatewayCommandRoutes(Origins origins, Replicas replicas) {
        return routes(Owner.COMMAND, origins, replicas);
    }

    @Bean
    RouterFunction<ServerResponse> gatewayQueryRoutes(Origins origins, Replicas replicas) {
        return routes(Owner.QUERY, origins, replicas);
    }

    @Bean
    Part gatewayCommandPart(RestClient.Builder client, Origins origins) {
        return ServicePart.of("command-service", client, () -> origins.of(Owner.COMMAND));
    }

    @Bean
    Part gatewayQueryPart(RestClient.Builder client, Origins origins) {
        return ServicePart.of("query-service", client, () -> origins.of(Owner.QUERY));
    }

    @Bean
    ServiceAdvice gatewayServiceAdvice(Problems problems) {
        return new ServiceAdvice(problems);
    }

    @Bean
    FilterRegistrationBean<ReadinessFilter> gatewayReadinessFilter(
            ApplicationAvailability availability, Problems problems) {
        FilterRegistrationBean<ReadinessFilter> registration =
                new FilterRegistrationBean<>(new ReadinessFilter(availability, problems));
        registration.setOrder(RequestOrder.READINESS);
        return registration;
    }

    @Bean
    ForwardedHeaders gatewayForwardedHeaders() {
        return new ForwardedHeaders();
    }

    /** The answer of a service has the service's request id, which its events carry, in place of the gateway's. */
    @Bean
    ResponseHttpHeadersFilter gatewayRequestId() {
        return (headers, response) -> {
            HttpHeaders others = new HttpHeaders();
            others.putAll(headers);
            others.remove(RequestId.HEADER);
            String id = headers.getFirst(RequestId.HEADER);
            HttpServletResponse answer = answer();
            if (id != null && answer != null) {
                answer.setHeader(RequestId.HEADER, id);
            }
            return others;
        };
    }

    private static @Nullable HttpServletResponse answer() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getResponse()
                : null;
    }

    /** The client adds nothing of its own: no retries ({@link ToReplica} decides on those), no decompression, no cookies, no name. */
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> gatewayHttpClient() {
        return builder -> builder.withConnectionManagerCustomizer(connections -> connections
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS_IN_ALL)
                        .setConnectionFactory(headersAsTheyAre()))
                .withSocketConfigCustomizer(GatewayConfiguration::detectDeadReplicas)
                .withConnectionConfigCustomizer(connection -> connection
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(5)))
                .withDefaultRequestConfigCustomizer(request -> request.setConnectionRequestTimeout(Timeout.ofSeconds(1))
                        .setProtocolUpgradeEnabled(false))
                .withHttpClientCustomizer(client -> client.disableAutomaticRetries()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableDefaultUserAgent()
                        .evictIdleConnections(TimeValue.ofSeconds(15)));
    }

    /** Tomcat reads the bytes of headers as ISO-8859-1; without this the client would replace some of them. */
    private static ManagedHttpClientConnectionFactory headersAsTheyAre() {
        return ManagedHttpClientConnectionFactory.builder()
                .charCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.ISO_8859_1)
                        .build())
                .build();
    }

    /**
     * A replica whose machine or container is gone sends nothing more. TCP notices that after some four seconds, so that a
     * read can be retried elsewhere; without it the wait would last for the whole read timeout.
     */
    private static void detectDeadReplicas(SocketConfig.Builder socket) {
        socket.setSoKeepAlive(true).setTcpKeepIdle(1).setTcpKeepInterval(1).setTcpKeepCount(3);
    }

    private static RouterFunction<ServerResponse> routes(Owner owner, Origins origins, Replicas replicas) {
        RequestPredicate owned = Route.ALL.stream()
                .filter(route -> route.owner() == owner)
                .map(GatewayConfiguration::predicate)
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(owner.name().toLowerCase(Locale.ROOT))
                .route(owned, http())
                .filter(new ToReplica(owner, origins, replicas))
                .build();
    }

    private static RequestPredicate predicate(Route route) {
        return RequestPredicates.methods(route.methods().toArray(HttpMethod[]::new))
                .and(RequestPredicates.path(route.path()));
    }
}
