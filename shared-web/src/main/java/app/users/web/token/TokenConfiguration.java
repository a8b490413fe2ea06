package app.users.web.token;

import app.users.management.ServerHealth;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Access tokens: their check, the routes that need one, and the {@link Caller} for controllers. */
@Configuration(proxyBeanMethods = false)
@Import(SecurityConfiguration.class)
@EnableConfigurationProperties(TokenProperties.class)
public class TokenConfiguration {

    /** The public keys that tokens are checked with: this process's own, or those of the command service. */
    record TokenKeys(JWKSource<SecurityContext> source) {}

    @Bean
    TokenKeys webTokenKeys(ObjectProvider<JWKSource<SecurityContext>> localKeys, TokenProperties properties) {
        return new TokenKeys(localKeys.getIfAvailable(() -> AccessTokens.remoteKeys(properties)));
    }

    @Bean
    JwtDecoder webJwtDecoder(TokenKeys keys, TokenProperties properties) {
        return new CachedJwtDecoder(AccessTokens.decoder(keys.source(), properties), Clock.systemUTC());
    }

    /** Down until the keys were fetched once. Afterwards they outlive an outage of the command service. */
    @Bean
    HealthIndicator tokenKeysHealthIndicator(TokenKeys keys) {
        JWKSelector any = new JWKSelector(new JWKMatcher.Builder().build());
        return new ServerHealth("The key set of access tokens", () -> {
            boolean none = keys.source().get(any, null).isEmpty();
            return (none ? Health.down() : Health.up()).build();
        });
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
}
