package app.users.web;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The whole door of a service: what {@link DoorConfiguration} does, and after it who may pass. */
@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
@EnableConfigurationProperties(TokenProperties.class)
public class WebConfiguration {

    private static final AuthorizationManager<RequestAuthorizationContext> AUTHENTICATED =
            AuthenticatedAuthorizationManager.authenticated();

    @Bean
    JwtDecoder webJwtDecoder(ObjectProvider<JWKSource<SecurityContext>> localKeys, TokenProperties properties) {
        JWKSource<SecurityContext> keys = localKeys.getIfAvailable(() -> AccessTokens.remoteKeys(properties));
        return new CachedJwtDecoder(AccessTokens.decoder(keys, properties), Clock.systemUTC());
    }

    @Bean
    AuthenticationEntryPoint webAuthenticationEntryPoint(Problems problems) {
        return (request, response, e) -> {
            if (e instanceof AuthenticationServiceException) {
                // the keys could not be fetched, which says nothing about the token
                problems.write(request, response, Refusal.outage());
                return;
            }
            boolean shown = request.getHeader("Authorization") != null;
            Refusal refusal = Refusal.of(HttpStatus.UNAUTHORIZED, shown ? "bad-token" : "no-token");
            problems.write(request, response, refusal.challenge(shown));
        };
    }

    /**
     * Spring Security would throw at the first use of a header or parameter with unusual characters, even after the work is
     * done. Tomcat has refused control characters in headers; the controllers check what they use.
     */
    @Bean
    HttpFirewall webFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler webRequestRejectedHandler(Problems problems) {
        return (request, response, e) -> problems.write(request, response, Refusal.of(HttpStatus.BAD_REQUEST));
    }

    @Bean
    OutageAdvice webOutageAdvice(Problems problems) {
        return new OutageAdvice(problems);
    }

    @Bean
    SecurityFilterChain webSecurityFilterChain(
            HttpSecurity http,
            JwtDecoder decoder,
            Routes routes,
            Problems problems,
            AuthenticationEntryPoint entryPoint) {
        // the management port has a filter and a token of its own
        return http.securityMatcher(new NegatedRequestMatcher(
                        PathPatternRequestMatcher.withDefaults().matcher("/actuator/**")))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .addHeaderWriter((request, response) -> {
                            if (!response.containsHeader("Cache-Control")) {
                                response.setHeader("Cache-Control", caching(request.getRequestURI()));
                            }
                        }))
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))
                        .bearerTokenResolver(new AuthorizationHeader(routes))
                        .authenticationEntryPoint(entryPoint)
                        .withObjectPostProcessor(new OutagesAreAnswered(entryPoint)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler((request, response, e) ->
                                problems.write(request, response, Refusal.of(HttpStatus.FORBIDDEN))))
                .authorizeHttpRequests(authorize ->
                        authorize.anyRequest().access((caller, context) -> mayPass(routes, caller, context)))
                .build();
    }

    private static @Nullable AuthorizationResult mayPass(
            Routes routes, Supplier<? extends Authentication> caller, RequestAuthorizationContext context) {
        return switch (routes.access(context.getRequest())) {
            case OPEN -> new AuthorizationDecision(true);
            case AUTHENTICATED -> AUTHENTICATED.authorize(caller, context);
            case NONE -> new AuthorizationDecision(false);
        };
    }

    /** Its spans and timers for each filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings webSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebMvcConfigurer webCallerArgument() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private static String caching(String path) {
        return path.equals("/users/auth/jwks") ? "public, max-age=300" : "no-store";
    }
}
