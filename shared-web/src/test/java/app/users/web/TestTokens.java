package app.users.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Access tokens as the command service makes them, and ones it never would. */
public final class TestTokens {

    private static final ECKey KEY = key("ours");
    private static final ECKey STRANGER = key("ours");

    private TestTokens() {}

    static JWKSet publicKeys() {
        return new JWKSet(KEY.toPublicJWK());
    }

    static String good() {
        return with(claims -> claims);
    }

    public static String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign("JWT", JWSAlgorithm.ES256, signer(KEY), change.apply(claims()));
    }

    static String ofType(@Nullable String type) {
        return sign(type, JWSAlgorithm.ES256, signer(KEY), claims());
    }

    static String byStranger() {
        return sign("JWT", JWSAlgorithm.ES256, signer(STRANGER), claims());
    }

    /** The old confusion: the public key taken for a shared secret. */
    static String hs256() throws JOSEException {
        return sign(
                "JWT",
                JWSAlgorithm.HS256,
                new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)),
                claims());
    }

    static String unsigned() {
        return new PlainJWT(claims().build()).serialize();
    }

    static JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("http://localhost:8080/users")
                .audience("users")
                .subject("7")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))))
                .claim("sid", "session")
                .claim("epoch", 2)
                .claim("ver", 3);
    }

    private static String sign(
            @Nullable String type, JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet.Builder claims) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(type == null ? null : new JOSEObjectType(type))
                        .keyID("ours")
                        .build(),
                claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
