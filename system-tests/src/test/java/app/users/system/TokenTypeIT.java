package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** With {@code users.token.type=at+jwt}, access tokens have the type that RFC 9068 requires. */
@ExtendWith(Systems.Shared.class)
class TokenTypeIT {

    private final StandaloneSystem system;
    private final CheckTokensPage page;
    private final Guest guest;
    private final Tokens tokens;
    private final ForgedTokens forger;

    @TempDir
    private Path folder;

    TokenTypeIT(Systems systems) throws GeneralSecurityException {
        system = systems.get(Setup.STRICT);
        page = CheckTokensPage.of(system);
        guest = Guest.of(system);
        tokens = guest.tokens();
        forger = new ForgedTokens(tokens.access(), system.signingKey());
    }

    @Test
    void tokensHaveTheTypeThatIsSet() {
        assertThat(AccessToken.of(tokens.access()).header().get("typ").stringValue())
                .isEqualTo("at+jwt");
    }

    @Test
    void springRefusesTheTypeWithoutTheBean() throws Exception {
        try (SpringService service = SpringService.start(folder, page.example("java"), page.example("yaml"))) {
            assertThat(service.ask(tokens.access()).statusCode()).isEqualTo(401);
            assertThat(service.ask(forger.ofType("JWT")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void springWithTheBeanAcceptsBothTypesAndNoBrokenToken() throws Exception {
        Map<String, String> broken = broken();
        // Spring allows a minute for clocks that differ
        broken.remove("expired");
        try (SpringService service = SpringService.start(folder, page.springWithBean(), page.example("yaml"))) {
            for (String token : new String[] {tokens.access(), forger.ofType("JWT")}) {
                assertThat(service.ask(token).body())
                        .isEqualTo("orders of user " + guest.client().id());
            }
            service.refuses(broken);
        }
    }

    @Test
    void theSystemAcceptsBothTypesAndNoBrokenToken() throws Exception {
        for (String token : new String[] {tokens.access(), forger.ofType("JWT")}) {
            system.client().with("Bearer", token).get("user/").expect(200);
        }
        broken().forEach((what, token) -> assertThat(
                        system.client().with("Bearer", token).get("user/").status())
                .as(what)
                .isEqualTo(401));
    }

    @Test
    void theIssuerIsTheAddressThatIsPrinted() {
        assertThat(system.printed()).contains("Ready: " + system.issuer() + "/");
        assertThat(AccessToken.of(tokens.access()).claims().get("iss").stringValue())
                .isEqualTo(system.issuer());
    }

    private Map<String, String> broken() throws GeneralSecurityException {
        return forger.all(system.client().get("auth/jwks").expect(200).body());
    }
}
