package app.users.command.token;

import app.users.command.store.KeyedHash;
import app.users.command.store.Secrets;
import app.users.command.store.UserKeys;
import app.users.command.token.Sessions.Lifetime;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** What signing in needs. */
@Configuration(proxyBeanMethods = false)
@Import({TokenController.class, SessionController.class, SignIn.class})
public class TokenConfiguration {

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Credentials credentials(JdbcTemplate jdbc) {
        return new Credentials(jdbc);
    }

    @Bean
    Sessions sessions(
            JdbcTemplate jdbc,
            UserKeys userKeys,
            Clock clock,
            Lifetime lifetime,
            @Value("${users.refresh-key:#{null}}") @Nullable String refreshKey) {
        KeyedHash key = new KeyedHash(Secrets.key("users.refresh-key", refreshKey));
        return new Sessions(jdbc, key, userKeys, clock, lifetime);
    }

    @Bean
    SessionList sessionList(JdbcTemplate jdbc, UserKeys userKeys, Clock clock, Lifetime lifetime) {
        return new SessionList(jdbc, userKeys, clock, lifetime);
    }

    @Bean
    Lifetime sessionLifetime(
            @Value("${users.token.session-lifetime}") Duration absolute,
            @Value("${users.token.session-idle}") Duration idle) {
        return new Lifetime(absolute, idle);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(@Value("${users.token.signing-key:}") String signingKey) {
        if (signingKey.isBlank()) {
            throw new IllegalStateException(
                    "Set users.token.signing-key to base64 of a P-256 private key: openssl genpkey"
                            + " -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0");
        }
        byte[] pkcs8 = Secrets.bytes("users.token.signing-key", signingKey);
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.read(pkcs8)));
    }

    @Bean
    AccessTokens accessTokens(
            JWKSource<SecurityContext> keys,
            Clock clock,
            @Value("${users.token.issuer}") String issuer,
            @Value("${users.token.access-lifetime}") Duration lifetime) {
        return new AccessTokens(new NimbusJwtEncoder(keys), clock, issuer, lifetime);
    }
}
