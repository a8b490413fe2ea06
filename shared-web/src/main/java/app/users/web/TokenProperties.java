package app.users.web;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer what the claim {@code iss} must say
 * @param audience what the claim {@code aud} must hold
 * @param jwksUri where the keys are, for a service that does not hold them itself
 */
@ConfigurationProperties("users.token")
record TokenProperties(
        @DefaultValue("http://localhost:8080/users") String issuer,
        @DefaultValue("users") String audience,

        @DefaultValue("http://127.0.0.1:8081/users/auth/jwks")
        URI jwksUri) {}
