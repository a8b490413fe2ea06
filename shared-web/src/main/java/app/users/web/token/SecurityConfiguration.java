package app.users.web.token;

import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import app.users.web.route.Routes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** Spring Security: open routes need no token, the others a valid one, and requests outside the table of paths are refused. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final AuthorizationManager<RequestAuthorizationContext> AUTHENTICATED =
            AuthenticatedAuthorizationManager.authenticated();

    @Bean
    AuthenticationEntryPoint webAuthenticationEntryPoint(Problems problems) {
        return (request, response, e) -> {
            if (e instanceof AuthenticationServiceException) {
                // the public keys could not be fetched: the token may be valid
                problems.write(request, response, Refusal.outage());
                return;
            }
            boolean shown = request.getHeader("Authorization") != null;
            Refusal refusal = Refusal.of(HttpStatus.UNAUTHORIZED, shown ? "bad-token" : "no-token");
            problems.write(request, response, refusal.challenge(shown));
        };
    }

    /**
     * Allows all characters in headers and parameters. The strict firewall checks them lazily: it would throw when a controller
     * reads one, possibly after the change. Tomcat has already refused control characters, and controllers check what they use.
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
    SecurityFilterChain webSecurityFilterChain(
            HttpSecurity http,
            JwtDecoder decoder,
            Routes routes,
            Problems problems,
            AuthenticationEntryPoint entryPoint) {
        // the management port has its own filter and token
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

    /** Disabled: spans and timers for each filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings webSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    private static String caching(String path) {
        return path.equals("/users/auth/jwks") ? "public, max-age=300" : "no-store";
    }
}
