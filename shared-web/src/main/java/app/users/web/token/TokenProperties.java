package app.users.web.token;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the service that issues access tokens and the services that check them must agree on.
 *
 * @param issuer what the claim {@code iss} of an access token says: the address of the API as clients and other services see
 *     it, without a last slash; {@code ./run} takes the address that it prints
 * @param audience what the claim {@code aud} of an access token holds
 * @param jwksUri where the public keys are, for a service that does not hold them itself
 */
@ConfigurationProperties("users.token")
public record TokenProperties(
        @DefaultValue("http://localhost:8080/users") String issuer,
        @DefaultValue("users") String audience,

        @DefaultValue("http://127.0.0.1:8081/users/auth/jwks")
        URI jwksUri) {

    /** Of the keys, within the issuer's address. */
    private static final String KEYS = "/auth/jwks";

    /** Without query and fragment (RFC 8414, 2). Other services compare it letter by letter, and append paths to it. */
    private static final Pattern ISSUER = Pattern.compile("https?://[^/?#\\s]+(/[^/?#\\s]+)*");

    public TokenProperties {
        Require.text("users.token.issuer", issuer);
        if (!ISSUER.matcher(issuer).matches()) {
            throw new InvalidSetting(
                    "users.token.issuer",
                    "is \"%s\"; it must be an address without a last slash, such as https://id.example/users"
                            .formatted(issuer));
        }
        Require.text("users.token.audience", audience);
        Require.webAddress("users.token.jwks-uri", jwksUri);
    }

    /** Where other services find the keys. */
    public String publicKeys() {
        return issuer + KEYS;
    }
}
