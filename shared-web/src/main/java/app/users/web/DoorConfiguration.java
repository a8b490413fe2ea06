package app.users.web;

import app.users.web.proxy.TrustedProxies;
import app.users.web.proxy.TrustedProxiesProperties;
import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** What the door does before it matters who calls: limits, paths, strict JSON, problems. The gateway needs no more. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CorsProperties.class, TrustedProxiesProperties.class})
public class DoorConfiguration {

    static final int REQUEST_ID_ORDER = Ordered.HIGHEST_PRECEDENCE + 5;
    static final int HEADER_LIMIT_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Behind the limit: no more than that is searched for addresses. Before all that asks for the client. */
    static final int TRUSTED_PROXIES_ORDER = Ordered.HIGHEST_PRECEDENCE + 12;

    static final int CORS_ORDER = Ordered.HIGHEST_PRECEDENCE + 15;
    static final int LAST_SLASH_ORDER = Ordered.HIGHEST_PRECEDENCE + 20;
    static final int ROUTE_ORDER = Ordered.HIGHEST_PRECEDENCE + 30;
    static final int READ_YOUR_WRITES_ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

    static final int ACCEPT_ORDER = -10;

    /** Behind Spring Security (-100): nobody's body is read before it is known who sends it. */
    static final int BODY_ORDER = 0;

    @Bean
    Texts webTexts() {
        return new Texts();
    }

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(Texts.LANGUAGES);
        resolver.setDefaultLocale(Texts.LANGUAGES.getFirst());
        return resolver;
    }

    @Bean
    Problems webProblems(JsonMapper json, Texts texts, LocaleResolver localeResolver) {
        return new Problems(json, texts, localeResolver);
    }

    @Bean
    Routes webRoutes(ObjectProvider<Owner> owners) {
        return new Routes(owners.stream().collect(Collectors.toUnmodifiableSet()));
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> webRequestIdFilter() {
        return registered(new RequestIdFilter(), REQUEST_ID_ORDER);
    }

    @Bean
    FilterRegistrationBean<HeaderLimitFilter> webHeaderLimitFilter(Problems problems) {
        return registered(new HeaderLimitFilter(problems), HEADER_LIMIT_ORDER);
    }

    @Bean
    FilterRegistrationBean<TrustedProxies> webTrustedProxies(TrustedProxiesProperties properties) {
        return registered(new TrustedProxies(properties), TRUSTED_PROXIES_ORDER);
    }

    /** Where no origin is named, no answer says anything about origins, and no browser lets another one's page read it. */
    @Bean
    FilterRegistrationBean<CorsFilter> webCorsFilter(CorsProperties properties, Problems problems) {
        var registration = registered(Cors.filter(properties.origins(), problems), CORS_ORDER);
        registration.setEnabled(!properties.origins().isEmpty());
        return registration;
    }

    @Bean
    FilterRegistrationBean<UrlHandlerFilter> webLastSlashFilter() {
        return registered(
                UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build(), LAST_SLASH_ORDER);
    }

    @Bean
    FilterRegistrationBean<RouteFilter> webRouteFilter(Routes routes, Problems problems) {
        return registered(new RouteFilter(routes, problems), ROUTE_ORDER);
    }

    @Bean
    FilterRegistrationBean<AcceptFilter> webAcceptFilter(Routes routes, Problems problems) {
        return registered(new AcceptFilter(routes, problems), ACCEPT_ORDER);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> webBodyFilter(Problems problems) {
        return registered(new BodyFilter(problems, Duration.ofSeconds(30)), BODY_ORDER);
    }

    @Bean
    AnyTagAdvice webAnyTagAdvice() {
        return new AnyTagAdvice();
    }

    @Bean
    ProblemAdvice webProblemAdvice(Problems problems) {
        return new ProblemAdvice(problems);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> webTomcatCustomizer(ObjectProvider<Problems> problems) {
        return factory -> {
            factory.setProtocol(HttpProtocol.class.getName());
            factory.addContextCustomizers(context -> answerByValve(context, problems::getObject));
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("rejectIllegalHeader", "true");
                // those beyond are ignored
                connector.setMaxLocaleCount(100);
                // a client that waits for 100 Continue keeps a body to itself that nobody would read
                connector.setProperty("continueResponseTiming", "onRead");
                // let TRACE come as far as the table of paths, which refuses it like any other wrong method
                connector.setAllowTrace(true);
            });
        };
    }

    /** In place of error pages and of the stock valve, which would answer in HTML. */
    private static void answerByValve(Context context, Supplier<Problems> problems) {
        List.of(context.findErrorPages()).forEach(context::removeErrorPage);
        StandardHost host = (StandardHost) context.getParent();
        Arrays.stream(host.getPipeline().getValves())
                .filter(ErrorReportValve.class::isInstance)
                .forEach(host.getPipeline()::removeValve);
        host.getPipeline().addValve(new ProblemValve(problems));
        // names the valve that is already there, or the host would add its own
        host.setErrorReportValveClass(ProblemValve.class.getName());
    }

    @Bean
    JsonFactoryBuilderCustomizer webJsonLimits() {
        return builder -> builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxNameLength(128)
                .maxNumberLength(32)
                .maxStringLength(8192)
                .maxDocumentLength(BodyFilter.BYTES)
                .build());
    }

    /** With milliseconds, also when they are zero: many clients read one pattern. */
    @Bean
    JsonMapperBuilderCustomizer webTimes() {
        JsonFormat.Value millis =
                JsonFormat.Value.forPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withTimeZone(TimeZone.getTimeZone("UTC"));
        return builder -> builder.withConfigOverride(Instant.class, instant -> instant.setFormat(millis));
    }

    /** The contract prints trailing commas and {@code 000000}; nothing else departs from RFC 8259. */
    @Bean
    JsonMapperBuilderCustomizer webStrictJson() {
        return builder -> builder.enable(
                        JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    static <F extends Filter> FilterRegistrationBean<F> registered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }
}
