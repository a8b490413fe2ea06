package app.users.command.signin;

import app.users.web.openapi.Answers;
import app.users.web.token.TokenProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The metadata of the issuer (RFC 8414, OpenID Connect Discovery 1.0), from which other services learn how to check access
 * tokens. Libraries look under two names, each before and after the path of the issuer.
 */
@RestController
@Tag(name = "Sign-in")
class IssuerController {

    private static final String OAUTH = "oauth-authorization-server";
    private static final String OPENID = "openid-configuration";

    /**
     * No endpoints: signing in is this API's own and no grant of OAuth. Both lists are empty, although RFC 8414 leaves such
     * members out: it requires the first, and an absent second would mean the grants "authorization_code" and "implicit".
     */
    record Issuer(
            @Schema(example = "https://id.example/users") String issuer,

            @Schema(example = "https://id.example/users/auth/jwks") @JsonProperty("jwks_uri")
            String jwksUri,

            @Schema(description = "None: there is no authorization endpoint.") @JsonProperty("response_types_supported")
            List<String> responseTypes,

            @Schema(description = "None: sign in as this API describes it.") @JsonProperty("grant_types_supported")
            List<String> grantTypes,

            @Schema(description = "How the subject is named: the same for every client (`public`).")
            @JsonProperty("subject_types_supported")
            List<String> subjectTypes,

            @Schema(
                    description =
                            "What tokens are signed with (`ES256`). Libraries accept the algorithms of this list.")
            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> algorithms) {}

    private final Issuer issuer;

    IssuerController(TokenProperties agreed) {
        this.issuer = new Issuer(
                agreed.issuer(), agreed.publicKeys(), List.of(), List.of(), List.of("public"), List.of("ES256"));
    }

    @GetMapping(path = "/.well-known/" + OAUTH + "/users", produces = "application/json")
    @Operation(
            operationId = "issuer",
            summary = "How other services check access tokens",
            description =
                    "Metadata of the issuer (RFC 8414). The same under `/users/.well-known/oauth-authorization-server`.")
    @Answers("The issuer and where its keys are.")
    ResponseEntity<Issuer> oauth() {
        return answer();
    }

    @GetMapping(path = "/users/.well-known/" + OPENID, produces = "application/json")
    @Operation(
            operationId = "openidIssuer",
            summary = "The same under the name of OpenID Connect",
            description =
                    "For libraries that look here. The same under `/.well-known/openid-configuration/users`. There are"
                            + " no ID tokens.")
    @Answers("The issuer and where its keys are.")
    ResponseEntity<Issuer> openid() {
        return answer();
    }

    @Hidden
    @GetMapping(
            path = {"/users/.well-known/" + OAUTH, "/.well-known/" + OPENID + "/users"},
            produces = "application/json")
    ResponseEntity<Issuer> elsewhere() {
        return answer();
    }

    private ResponseEntity<Issuer> answer() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(issuer);
    }
}
