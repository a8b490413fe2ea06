package app.users.web;

import app.users.settings.Require;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What whoever issues access tokens and whoever checks them must agree on.
 *
 * @param issuer what the claim {@code iss} of an access token says
 * @param audience what the claim {@code aud} of an access token holds
 * @param jwksUri where the public keys are, for a service that does not hold them itself
 */
@ConfigurationProperties("users.token")
public record TokenProperties(
        @DefaultValue("http://localhost:8080/users") String issuer,
        @DefaultValue("users") String audience,

        @DefaultValue("http://127.0.0.1:8081/users/auth/jwks")
        URI jwksUri) {

    public TokenProperties {
        Require.text("users.token.issuer", issuer);
        Require.text("users.token.audience", audience);
        Require.webAddress("users.token.jwks-uri", jwksUri);
    }
}
