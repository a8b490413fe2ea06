package app.users.command.signin;

import app.users.command.credentials.LiveSessions;
import app.users.command.credentials.Passwords;
import app.users.command.keys.KeyProperties;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.security.SecurityLog;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.web.order.RequestOrder;
import app.users.web.token.TokenProperties;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What signing in needs. */
@Configuration(proxyBeanMethods = false)
@Import({TokenController.class, IssuerController.class, SessionController.class, SignIn.class})
@EnableConfigurationProperties(SessionProperties.class)
public class SignInConfiguration {

    @Bean
    Sessions sessions(
            JdbcTemplate jdbc, SecurityLog log, Clock clock, SessionProperties properties, KeyProperties keys) {
        return new Sessions(jdbc, refreshKey(keys), log, clock, properties.lifetime());
    }

    @Bean
    Refreshes refreshes(JdbcTemplate jdbc, Clock clock, SessionProperties properties, KeyProperties keys) {
        return new Refreshes(jdbc, refreshKey(keys), clock, properties.sessionIdle(), properties.refreshGrace());
    }

    private static KeyedHash refreshKey(KeyProperties keys) {
        return new KeyedHash(keys.refreshKey().bytes());
    }

    @Bean
    SessionList sessionList(JdbcTemplate jdbc, UserKeys userKeys, Clock clock, SessionProperties properties) {
        return new SessionList(jdbc, userKeys, clock, properties.lifetime());
    }

    @Bean
    SignInLookup signInLookup(
            JdbcTemplate jdbc,
            KeyedHash hash,
            UserKeys userKeys,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses) {
        return new SignInLookup(jdbc, hash, userKeys, passwords, wrongPasswords, addresses);
    }

    @Bean
    SigningKeys signingKeys(SessionProperties properties) {
        return SigningKeys.of(properties);
    }

    @Bean
    JWKSource<SecurityContext> signingKeySource(SigningKeys keys) {
        return keys.source();
    }

    @Bean
    AccessTokenIssuer accessTokens(
            SigningKeys keys, Clock clock, TokenProperties agreed, SessionProperties properties) {
        return new AccessTokenIssuer(keys.current(), clock, agreed, properties.type(), properties.accessLifetime());
    }

    @Bean
    WebMvcConfigurer commandSessionCheck(LiveSessions sessions) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new SessionCheck(sessions))
                        .addPathPatterns("/users/**")
                        .order(RequestOrder.SESSION);
            }
        };
    }
}
