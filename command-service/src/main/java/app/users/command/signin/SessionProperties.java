package app.users.command.signin;

import app.users.settings.Key;
import app.users.settings.Require;
import app.users.web.token.TokenType;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are issued.
 *
 * @param type the header {@code typ} of access tokens: JWT, or at+jwt as RFC 9068 requires; other services on Spring need a
 *     bean to accept at+jwt
 * @param accessLifetime how long an access token is good for
 * @param sessionLifetime how long a session can be kept alive by refreshing
 * @param sessionIdle how long a session survives without being refreshed
 * @param refreshGrace how long a refresh token can be repeated while the next one is unused, because the answer was lost;
 *     at least 10s
 * @param signingKey secret: base64 of the P-256 private key (PKCS#8 DER) that signs access tokens
 * @param previousSigningKeys secret: keys that signed before; their tokens are good until they expire
 */
@ConfigurationProperties("users.token")
record SessionProperties(
        @DefaultValue("JWT") TokenType type,
        @DefaultValue("10m") Duration accessLifetime,
        @DefaultValue("30d") Duration sessionLifetime,
        @DefaultValue("7d") Duration sessionIdle,
        @DefaultValue("24h") Duration refreshGrace,
        Key signingKey,
        @DefaultValue List<Key> previousSigningKeys) {

    SessionProperties {
        Require.atLeast("users.token.access-lifetime", accessLifetime, Duration.ofSeconds(1));
        Require.atLeast("users.token.session-lifetime", sessionLifetime, Duration.ofSeconds(1));
        Require.atLeast("users.token.session-idle", sessionIdle, Duration.ofSeconds(1));
        Require.atLeast("users.token.refresh-grace", refreshGrace, Refreshes.RETRY);
        Require.present("users.token.signing-key", signingKey, SigningKey.RIGHT);
    }

    Sessions.Lifetime lifetime() {
        return new Sessions.Lifetime(sessionLifetime, sessionIdle);
    }
}
