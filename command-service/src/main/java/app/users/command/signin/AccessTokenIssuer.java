package app.users.command.signin;

import app.users.command.signin.Sessions.Grant;
import app.users.web.token.TokenProperties;
import app.users.web.token.TokenType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;

/** Signs access tokens: who, which session, and the user's version at issue; nothing personal. */
final class AccessTokenIssuer {

    /** RFC 9068 requires a client. Clients are not registered, so it is the same for all. */
    private static final String CLIENT = "users";

    record AccessToken(String value, Instant expires) {}

    private final JWSHeader header;
    private final JWSSigner signer;
    private final Clock clock;
    private final TokenProperties agreed;
    private final Duration lifetime;

    AccessTokenIssuer(ECKey key, Clock clock, TokenProperties agreed, TokenType type, Duration lifetime) {
        this.header = header(key, type);
        this.signer = Es256.signer(key);
        this.clock = clock;
        this.agreed = agreed;
        this.lifetime = lifetime;
    }

    /** One that was parsed keeps its encoded form, one that was built is written anew for each token. */
    private static JWSHeader header(ECKey key, TokenType type) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type.header()))
                .keyID(key.getKeyID())
                .build();
        try {
            return JWSHeader.parse(header.toBase64URL());
        } catch (ParseException e) {
            throw new IllegalStateException("the header of access tokens does not parse", e);
        }
    }

    AccessToken issue(Grant grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(lifetime);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(agreed.issuer())
                .audience(agreed.audience())
                .subject(Long.toString(grant.user()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .jwtID(UUID.randomUUID().toString())
                .claim("ver", grant.version())
                .claim("sid", grant.session().toString())
                .claim("epoch", grant.epoch())
                .claim("scope", "user")
                .claim("client_id", CLIENT)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
        return new AccessToken(token.serialize(), expires);
    }
}
