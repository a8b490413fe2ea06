package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of a system that was set up otherwise. */
class SettingsIT {

    @Test
    @Says("Whoever does not send it is in the list of executors, unless `users.executors.by-default` is `false`.")
    @Says("`email`, `number` and `address` are shown only where `users.executors.fields` names them.")
    @Says("An expired code is a 400.")
    @Says("`current_password` is required when `users.password.require-current` is `true`.")
    void changeWhatTheApiDoes() {
        try (StandaloneSystem system = StandaloneSystem.start(
                "--users.executors.by-default=false",
                "--users.confirmation.valid-for=1s",
                "--users.executors.fields=email,address",
                "--users.password.require-current=true",
                "--users.token.access-lifetime=8s")) {
            Guest guest = Guest.of(system);
            Client user = guest.client();
            assertThat(guest.profile().json().get("executor").booleanValue()).isFalse();
            assertThat(user.get("user/executor/").expect(200).body()).isEqualTo("[]");
            user.patch("user/", "{\"executor\":true}").expect(200);
            JsonNode entry = user.get("user/executor/").expect(200).json().get(0);
            assertThat(entry.get("email").stringValue())
                    .isEqualTo(guest.person().email());
            assertThat(entry.get("address").stringValue()).isEmpty();
            assertThat(entry.has("number")).isFalse();

            assertThat(user.patch("user/", "{\"password\":\"quite another\"}")
                            .expect(400)
                            .errors())
                    .containsExactly("password:current-required");
            Client now = system.client().signIn(guest.person());
            now.patch(
                            "user/",
                            "{\"password\":\"quite another\",\"current_password\":\"%s\"}"
                                    .formatted(guest.person().password()))
                    .expect(200);
            Patience.await("end of the access token")
                    .untilAsserted(() -> user.patch("user/", "{}").expect(401));
            user.get("user/").expect(401);

            Client late = Guest.of(system).client();
            late.post("verify-email/").expect(200);
            Instant expires = Instant.parse(late.get("verify-email/").text("expires_at"));
            Patience.await("the code to expire").until(() -> Instant.now().isAfter(expires));
            assertThat(late.post("accept-email/", "{\"code\":1}").expect(400).problem())
                    .isEqualTo("expired-code");
        }
    }
}
