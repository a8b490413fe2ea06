package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One user's life, told with the bodies that the contract prints. */
@EachForm
class JourneyIT {

    private static final String EMAIL = "user1@gmail.com";
    private static final String CHANGED_EMAIL = "user1Changed@gmail.com";

    private final RunningSystem system;
    private final Client stranger;

    JourneyIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
    }

    @Test
    void contractsOwnExamplesWorkAsPrinted() {
        registers();
        Client user = signsIn();
        showsProfile(user);
        changesEverything(user);
        showsChanges(user);
        listsExecutor(user);
        confirmsEmail(user);
        erases(user);
    }

    private void registers() {
        JsonNode registered = stranger.post("auth/registration/", Contract.REGISTRATION)
                .expect(201)
                .json();
        assertThat(registered.propertyNames())
                .containsExactly("surname", "name", "patronymic", "address", "email", "number");
        assertThat(texts(registered))
                .containsEntry("name", EMAIL)
                .containsEntry("address", "user1address")
                .containsEntry("email", EMAIL)
                .containsEntry("number", "+79967348137");
        stranger.post("auth/registration/", Contract.REGISTRATION).expect(409);
    }

    private Client signsIn() {
        Answer byNumber =
                stranger.post("auth/token/", Contract.SIGN_IN_BY_NUMBER).expect(200);
        assertTokens(byNumber);
        Answer byEmail = stranger.post("auth/token/", Contract.SIGN_IN_BY_EMAIL).expect(200);
        assertTokens(byEmail);
        stranger.with("Token", byEmail.text("access")).get("user/").expect(200);

        String refresh = Contract.REFRESH.replace(":\"refresh\"", ":\"" + byEmail.text("refresh") + "\"");
        Answer refreshed = stranger.post("auth/token/refresh", refresh).expect(200);
        assertTokens(refreshed);
        assertThat(refreshed.text("refresh")).isNotEqualTo(byEmail.text("refresh"));
        return stranger.with("Bearer", refreshed.text("access"));
    }

    private static void assertTokens(Answer answer) {
        assertThat(answer.json().propertyNames()).contains("refresh", "access", "expired_at");
        assertThat(answer.json().get("expired_at").longValue())
                .isGreaterThan(Instant.now().getEpochSecond());
    }

    private static void showsProfile(Client user) {
        JsonNode profile = user.get("user/").expect(200).json();
        assertThat(profile.propertyNames())
                .contains("id", "surname", "name", "patronymic", "address", "email", "number")
                .contains("confirmed_email", "confirmed_number", "created_at", "updated_at");
        assertThat(profile.get("id").isIntegralNumber()).isTrue();
        assertThat(profile.get("confirmed_email").booleanValue()).isFalse();
        assertThat(profile.get("confirmed_number").booleanValue()).isFalse();
        assertThat(Instant.parse(profile.get("created_at").stringValue()))
                .isBeforeOrEqualTo(Instant.parse(profile.get("updated_at").stringValue()));
    }

    private static void changesEverything(Client user) {
        JsonNode changed = user.patch("user/", Contract.CHANGE).expect(200).json();
        assertThat(changed.propertyNames()).containsExactly("success", "error");
        assertThat(changed.get("error").isEmpty()).isTrue();
        assertThat(texts(changed.get("success")))
                .isEqualTo(Map.of(
                        "Surname", "Surname successfully changed",
                        "Name", "Name successfully changed",
                        "Patronymic", "Patronymic successfully changed",
                        "Address", "Address successfully changed",
                        "Email", "Email successfully changed",
                        "Number", "Number successfully changed",
                        "Password", "Password successfully changed"));
    }

    private void showsChanges(Client user) {
        assertThat(texts(user.get("user/").expect(200).json()))
                .containsEntry("surname", "user1")
                .containsEntry("name", CHANGED_EMAIL)
                .containsEntry("patronymic", "user1Changed")
                .containsEntry("address", "user1Changedaddress")
                .containsEntry("email", CHANGED_EMAIL)
                .containsEntry("number", "+79967348130");
        stranger.post("auth/token/", Contract.SIGN_IN_BY_EMAIL).expect(401);
        stranger.post(
                        "auth/token/",
                        Contract.SIGN_IN_BY_EMAIL
                                .replace(EMAIL, CHANGED_EMAIL)
                                .replace("user1user1", "user1user1Changed"))
                .expect(200);
    }

    private static void listsExecutor(Client user) {
        long id = user.id();
        JsonNode list = user.get("user/executor/?after=" + (id - 1)).expect(200).json();
        assertThat(list.isArray()).isTrue();
        assertThat(list.get(0).get("id").longValue()).isEqualTo(id);
        assertThat(list.get(0).get("name").stringValue()).isEqualTo(CHANGED_EMAIL);
        user.get("user/executor/").expect(200);
    }

    private void confirmsEmail(Client user) {
        user.post("verify-email/").expect(200);
        String code = system.mails().awaitCode(CHANGED_EMAIL);
        String accept = Contract.ACCEPT_EMAIL.replace("000000", code);
        assertThat(texts(user.post("accept-email/", accept).expect(200).json()))
                .isEqualTo(Map.of("detail", "Successfully confirmed"));
        JsonNode profile = user.get("user/").expect(200).json();
        assertThat(profile.get("confirmed_email").booleanValue()).isTrue();
        assertThat(profile.get("confirmed_number").booleanValue()).isFalse();
    }

    private void erases(Client user) {
        user.delete("user/").expect(200);
        user.get("user/").expect(401);
        user.patch("user/", "{}").expect(401);
        stranger.post("auth/registration/", Contract.REGISTRATION.replace(EMAIL, CHANGED_EMAIL))
                .expect(201);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString()));
        return texts;
    }
}
