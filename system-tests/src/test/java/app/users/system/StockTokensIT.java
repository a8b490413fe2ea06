package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code users.token.type=JWT}, libraries that take no other type check our tokens as they come. */
class StockTokensIT {

    private static StandaloneSystem system;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        system = StandaloneSystem.start("--users.token.type=JWT");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theIssuerAloneConfiguresSpring() throws Exception {
        CheckTokensPage page = CheckTokensPage.of(system);
        Guest guest = Guest.of(system);
        Tokens tokens = guest.tokens();
        Map<String, String> broken = broken(tokens);
        // the issuer alone names no audience, and Spring allows a minute for clocks that differ
        broken.keySet().removeAll(Set.of("another audience", "another type", "expired"));
        try (SpringService service = SpringService.start(folder, page.springAlone(), page.issuerAlone())) {
            assertThat(service.ask(tokens.access()).body())
                    .isEqualTo("orders of user " + guest.client().id());
            for (var forged : broken.entrySet()) {
                assertThat(service.ask(forged.getValue()).statusCode())
                        .as(forged.getKey())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void theSystemTakesItsOwnTokensAndNoBrokenOnes() throws Exception {
        Guest guest = Guest.of(system);
        guest.profile();
        Map<String, String> broken = broken(guest.tokens());
        // here it is the right one
        broken.remove("another type");
        broken.forEach((what, token) -> assertThat(
                        system.client().with("Bearer", token).get("user/").status())
                .as(what)
                .isEqualTo(401));
    }

    @Test
    void theIssuerIsTheAddressThatIsPrinted() {
        assertThat(system.printed()).contains("Ready: " + system.issuer() + "/");
        assertThat(AccessToken.of(Guest.of(system).tokens().access())
                        .claims()
                        .get("iss")
                        .stringValue())
                .isEqualTo(system.issuer());
    }

    private static Map<String, String> broken(Tokens tokens) throws Exception {
        return new ForgedTokens(tokens.access(), system.signingKey())
                .all(system.client().get("auth/jwks").expect(200).body());
    }
}
