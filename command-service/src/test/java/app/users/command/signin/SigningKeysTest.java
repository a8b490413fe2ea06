package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.signin.Sessions.Grant;
import app.users.web.token.TokenProperties;
import app.users.web.token.TokenType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Security line 11: keys are rotated without signing anybody out. */
class SigningKeysTest {

    private final ECKey old = key();
    private final SigningKeys before = new SigningKeys(old, List.of());
    private final SigningKeys after = new SigningKeys(key(), List.of(old.toPublicJWK()));

    @Test
    void theNewKeySignsThoughTheOldOneIsStillThere() throws Exception {
        assertThat(SignedJWT.parse(token(after)).getHeader().getKeyID())
                .isEqualTo(after.current().getKeyID());
    }

    @Test
    void whatTheOldKeySignedStillVerifies() throws Exception {
        assertThat(verify(token(before), after)).isEqualTo("7");
        assertThat(verify(token(after), after)).isEqualTo("7");
    }

    private static String verify(String token, SigningKeys keys) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys.source()));
        return processor.process(token, null).getSubject();
    }

    private static String token(SigningKeys keys) {
        var agreed = new TokenProperties("http://test/users", "users", URI.create("http://test/users/auth/jwks"));
        var tokens =
                new AccessTokenIssuer(keys.current(), Clock.systemUTC(), agreed, TokenType.JWT, Duration.ofMinutes(10));
        return tokens.issue(new Grant(7, 0, 1, UUID.randomUUID(), "refresh")).value();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
