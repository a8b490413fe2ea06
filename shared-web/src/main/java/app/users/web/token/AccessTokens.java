package app.users.web.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The checks of an access token (RFC 9068, RFC 8725): signature by ES256, type, issuer, audience, times and our own claims. */
final class AccessTokens {

    private static final int MILLIS = 2_000;

    private AccessTokens() {}

    static JwtDecoder decoder(JWKSource<SecurityContext> keys, TokenProperties properties) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types()));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            // the validators below check the claims, because their errors name the wrong claim
        });
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(claims(properties));
        return decoder;
    }

    private static Set<JOSEObjectType> types() {
        return Arrays.stream(TokenType.values())
                .map(type -> new JOSEObjectType(type.header()))
                .collect(Collectors.toSet());
    }

    static OAuth2TokenValidator<Jwt> claims(TokenProperties properties) {
        JwtTimestampValidator inTime = new JwtTimestampValidator(Duration.ZERO);
        inTime.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(
                inTime,
                new JwtIssuerValidator(properties.issuer()),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(properties.audience())),
                AccessTokens::ours);
    }

    /** The public keys of another process: fetched at first use, kept during outages, and fetched again for an unknown key id. */
    static JWKSource<SecurityContext> remoteKeys(TokenProperties properties) {
        try {
            return JWKSourceBuilder.create(
                            properties.jwksUri().toURL(), new DefaultResourceRetriever(MILLIS, MILLIS, 64 * 1024))
                    // with the default of 30 s, two failed fetches would block the third until long after a short
                    // outage
                    .rateLimited(Duration.ofSeconds(1).toMillis())
                    .retrying(true)
                    .outageTolerant(Duration.ofHours(4).toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("checked when it was read", e);
        }
    }

    private static OAuth2TokenValidatorResult ours(Jwt jwt) {
        boolean complete = jwt.getSubject() != null
                && jwt.getSubject().matches("[1-9][0-9]{0,17}")
                && jwt.getClaim("sid") instanceof String
                && jwt.getClaim("epoch") instanceof Long
                && jwt.getClaim("ver") instanceof Long;
        return complete
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    }
}
