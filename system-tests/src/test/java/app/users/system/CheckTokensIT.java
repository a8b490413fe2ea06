package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What other services need to check tokens: metadata and claims. */
@EachForm
class CheckTokensIT {

    private final RunningSystem system;
    private final CheckTokensPage page;
    private final Tokens tokens;

    CheckTokensIT(Form form, Systems systems) {
        system = systems.get(form);
        page = CheckTokensPage.of(system);
        tokens = Guest.of(system).tokens();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/users",
                "/.well-known/openid-configuration/users",
                "/users/.well-known/oauth-authorization-server",
                "/users/.well-known/openid-configuration"
            })
    @Says(
            "The metadata of the issuer (RFC 8414) is under `oauth-authorization-server` and `openid-configuration`, each before"
                    + " and after the path `users`.")
    void theIssuerDescribesItself(String path) {
        Answer answer = system.client().get(path).expect(200);
        JsonNode metadata = answer.json();
        assertThat(metadata.get("issuer").stringValue())
                .isEqualTo(system.issuer())
                .isEqualTo(claims().get("iss").stringValue());
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=300, public");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode keys = system.client()
                .get(metadata.get("jwks_uri").stringValue())
                .expect(200)
                .json()
                .get("keys");
        assertThat(AccessToken.of(tokens.access()).isSignedWithOneOf(keys)).isTrue();
        assertThat(keys.findValuesAsString("alg"))
                .containsOnly(metadata.get("id_token_signing_alg_values_supported")
                        .get(0)
                        .stringValue());
        assertThat(metadata.propertyNames()).noneMatch(name -> name.endsWith("_endpoint"));
        new Call(system.client(), "HEAD", path).send().expect(200);
        new Call(system.client(), "POST", path).send().expect(405);
    }

    @Test
    void tokensSayWhatTheStandardAsksFor() {
        assertThat(claims().propertyNames())
                .contains("iss", "exp", "aud", "sub", "client_id", "iat", "jti")
                .isSubsetOf(claimsOfThePage());
        assertThat(claimsOfThePage()).allMatch(claims()::has);
        assertThat(claims().get("client_id").stringValue()).isEqualTo("users");
    }

    private JsonNode claims() {
        return AccessToken.of(tokens.access()).claims();
    }

    /** The first column of the table of claims. */
    private List<String> claimsOfThePage() {
        String table = page.text().split("\\| claim \\| meaning \\|\n", 2)[1].split("\n\n", 2)[0];
        return table.lines()
                .skip(1)
                .flatMap(row ->
                        List.of(row.split("\\|")[1].replace("`", "").strip().split(", ")).stream())
                .toList();
    }
}
