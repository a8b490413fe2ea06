package app.users.command.token;

import app.users.command.token.Sessions.Grant;
import app.users.web.TokenProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** Signs access tokens: who, which session, and the user's version at issue; nothing personal. */
final class AccessTokens {

    record AccessToken(String value, Instant expires) {}

    private final JwtEncoder encoder;
    private final String keyId;
    private final Clock clock;
    private final TokenProperties agreed;
    private final Duration lifetime;

    AccessTokens(JwtEncoder encoder, String keyId, Clock clock, TokenProperties agreed, Duration lifetime) {
        this.encoder = encoder;
        this.keyId = keyId;
        this.clock = clock;
        this.agreed = agreed;
        this.lifetime = lifetime;
    }

    AccessToken issue(Grant grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(lifetime);
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256)
                .type("at+jwt")
                .keyId(keyId)
                .build();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(agreed.issuer())
                .audience(List.of(agreed.audience()))
                .subject(Long.toString(grant.user()))
                .issuedAt(now)
                .expiresAt(expires)
                .id(UUID.randomUUID().toString())
                .claim("ver", grant.version())
                .claim("sid", grant.session().toString())
                .claim("epoch", grant.epoch())
                .claim("scope", "user")
                .build();
        return new AccessToken(
                encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue(), expires);
    }
}
