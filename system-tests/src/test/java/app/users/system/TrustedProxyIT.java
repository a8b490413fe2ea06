package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A system behind a proxy: the tests write the headers that the proxy would write. */
@ExtendWith(Systems.Shared.class)
class TrustedProxyIT {

    private final StandaloneSystem system;

    TrustedProxyIT(Systems systems) {
        system = systems.get(Setup.CUSTOMISED);
    }

    @Test
    void clientsBehindOneProxyAreLimitedApart() {
        for (int i = 0; i < 20; i++) {
            forgottenPassword("203.0.113." + i + ", 203.0.113.71");
        }
        assertThat(forgottenPassword("203.0.113.99, 203.0.113.71")).isEqualTo(429);
        assertThat(forgottenPassword("203.0.113.72")).isEqualTo(200);
    }

    /** One for each network and three in all; a request that is refused for its number costs nothing. */
    @Test
    @Says("If `users.text-messages.countries` is set, only numbers of these countries get codes.")
    @Says(
            "Codes by text message are limited for each network and for the whole installation: above that it is a 429 with"
                    + " `Retry-After`.")
    void textMessagesAreLimitedToCountriesNetworksAndInAll() {
        Guest abroad = Guest.of(system);
        abroad.client()
                .patch(
                        "user/",
                        "{\"number\":\"+4915123%s\",\"current_password\":\"%s\"}"
                                .formatted(lastDigits(abroad), abroad.person().password()))
                .expect(200);
        for (int i = 0; i < 5; i++) {
            assertThat(textMessage(abroad, "203.0.113.91").expect(400).problem())
                    .isEqualTo("no-text-messages");
        }
        textMessage(Guest.of(system), "203.0.113.91").expect(200);
        assertIsThrottled(textMessage(Guest.of(system), "203.0.113.91"));
        textMessage(Guest.of(system), "203.0.113.92").expect(200);
        textMessage(Guest.of(system), "2001:db8:0:9::3").expect(200);
        assertIsThrottled(textMessage(Guest.of(system), "203.0.113.94"));
    }

    private static String lastDigits(Guest guest) {
        String number = guest.person().number();
        return number.substring(number.length() - 6);
    }

    private static Answer textMessage(Guest guest, String from) {
        return guest.client().send("POST", "verify-number/", null, Map.of("X-Forwarded-For", from));
    }

    private static void assertIsThrottled(Answer answer) {
        assertThat(answer.expect(429).problem()).isEqualTo("throttled");
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    }

    private int forgottenPassword(String forwardedFor) {
        return system.client()
                .send(
                        "POST",
                        "auth/password/forgot/",
                        "{\"email\":\"nobody@users.example\"}",
                        Map.of("X-Forwarded-For", forwardedFor))
                .status();
    }

    @Test
    void sessionsShowTheClientsBehindTheProxy() {
        Guest guest = Guest.of(system);
        signIn(guest, Map.of("X-Forwarded-For", "6.6.6.6, 203.0.113.81"));
        signIn(guest, Map.of("X-Forwarded-For", "2001:db8::82"));
        assertThat(guest.client().get("auth/sessions/").expect(200).body())
                .contains("\"203.0.113.81\"", "\"2001:db8:0:0:0:0:0:82\"")
                .doesNotContain("6.6.6.6");
    }

    @Test
    void theIssuerIsTheSettingsWhateverTheHost() {
        Answer tokens = signIn(
                Guest.of(system),
                Map.of("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Port", "444"));
        String iss = AccessToken.of(tokens.text("access")).claims().get("iss").stringValue();
        assertThat(iss).isEqualTo("https://id.example/users");
        assertThat(tokens.body()).doesNotContain("evil.example");
    }

    private Answer signIn(Guest guest, Map<String, String> headers) {
        return system.client()
                .send("POST", "auth/token/", guest.person().credentials(), headers)
                .expect(200);
    }
}
