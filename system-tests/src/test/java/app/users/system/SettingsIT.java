package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of a system that was set up otherwise. */
@ExtendWith(Systems.Shared.class)
class SettingsIT {

    private final Systems systems;

    SettingsIT(Systems systems) {
        this.systems = systems;
    }

    @Test
    @Says("With `users.executors.require-confirmed-email`, the list has only users with a confirmed email, and a caller"
            + " whose email is not confirmed gets a 403.")
    void keepTheListOfExecutorsForUsersWithAConfirmedEmail() {
        StandaloneSystem system = systems.get(Setup.STRICT);
        List<Client> confirmed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Guest.of(system);
            confirmed.add(Guest.withConfirmedEmail(system).client());
        }
        Client user = confirmed.getFirst();
        List<Long> ids = confirmed.stream().map(Client::id).toList();

        Client unconfirmed = Guest.of(system).client();
        assertThat(unconfirmed.get("user/executor/").expect(403).problem()).isEqualTo("email-unconfirmed");
        Patience.await("all in the list")
                .untilAsserted(() -> assertThat(ids(user, "user/executor/")).isEqualTo(ids));
        Answer first = user.get("user/executor/?limit=2").expect(200);
        assertThat(first.json()).hasSize(2);
        assertThat(first.header("Link")).contains("limit=2&after=" + ids.get(1));
        assertThat(ids(user, "user/executor/?limit=2&after=" + ids.get(1))).containsExactly(ids.get(2));

        user.patch("user/", "{\"email\":\"" + Person.next().email() + "\"}").expect(200);
        user.get("user/executor/").expect(403);
        Patience.await("an unconfirmed email to leave the list")
                .untilAsserted(() ->
                        assertThat(ids(confirmed.getLast(), "user/executor/")).isEqualTo(ids.subList(1, 3)));
    }

    @Test
    void askForAProofOfWork() {
        StandaloneSystem system = systems.get(Setup.STRICT);
        Person person = Person.next();
        Answer refused = system.client()
                .post("auth/registration/", person.registration())
                .expect(400);
        assertThat(refused.problem()).isEqualTo("work-required");
        assertThat(refused.json().get("bits").intValue()).isEqualTo(Work.BITS);
        system.client().register(person).expect(201);
    }

    private static List<Long> ids(Client client, String path) {
        List<Long> ids = new ArrayList<>();
        client.get(path)
                .expect(200)
                .json()
                .forEach(entry -> ids.add(entry.get("id").longValue()));
        return ids;
    }

    @Test
    @Says("Whoever does not send it is in the list of executors, unless `users.executors.by-default` is `false`.")
    @Says("`email`, `number` and `address` are shown only where `users.executors.fields` names them.")
    @Says("An expired code is a 400.")
    @Says("`current_password` is required for each of them when `users.password.require-current` is `true`.")
    void changeWhatTheApiDoes() {
        StandaloneSystem system = systems.get(Setup.CUSTOMISED);
        Guest guest = Guest.of(system);
        Client user = guest.client();
        assertThat(guest.profile().json().get("executor").booleanValue()).isFalse();
        assertThat(user.get("user/executor/").expect(200).body()).isEqualTo("[]");
        user.patch("user/", "{\"executor\":true}").expect(200);
        JsonNode entry = user.get("user/executor/").expect(200).json().get(0);
        assertThat(entry.get("email").stringValue()).isEqualTo(guest.person().email());
        assertThat(entry.get("address").stringValue()).isEmpty();
        assertThat(entry.has("number")).isFalse();

        assertThat(user.patch("user/", "{\"password\":\"quite another\"}")
                        .expect(400)
                        .errors())
                .containsExactly("password:current-required");
        Person other = Person.next();
        assertThat(user.patch("user/", "{\"email\":\"%s\",\"number\":\"%s\"}".formatted(other.email(), other.number()))
                        .expect(400)
                        .errors())
                .containsExactlyInAnyOrder("email:current-required", "number:current-required");
        user.patch("user/", "{\"email\":\"%s\"}".formatted(guest.person().email()))
                .expect(200);
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
