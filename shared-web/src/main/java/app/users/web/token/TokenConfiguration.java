package app.users.web.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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

    @Bean
    JwtDecoder webJwtDecoder(ObjectProvider<JWKSource<SecurityContext>> localKeys, TokenProperties properties) {
        JWKSource<SecurityContext> keys = localKeys.getIfAvailable(() -> AccessTokens.remoteKeys(properties));
        return new CachedJwtDecoder(AccessTokens.decoder(keys, properties), Clock.systemUTC());
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
