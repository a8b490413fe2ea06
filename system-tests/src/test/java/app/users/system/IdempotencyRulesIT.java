package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/api.md} says of repeating a request under an {@code Idempotency-Key}. */
@EachForm
class IdempotencyRulesIT {

    private final RunningSystem system;
    private final Client stranger;
    private final EventStore store;
    private final Guest guest;
    private final String key = UUID.randomUUID().toString();

    IdempotencyRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        store = new EventStore(system.eventStore());
        guest = Guest.of(system);
    }

    @Test
    @Says("The same request under the same key is done once.")
    @Says("Its first answer comes again, with `Idempotent-Replayed: true`, for 24 hours.")
    void doesItOnce() {
        Call change = patch("{\"surname\":\"Changed\"}").with("Idempotency-Key", key);
        Answer first = change.send().expect(200);
        guest.client().patch("user/", "{\"surname\":\"Changed again\"}").expect(200);
        assertRepeated(first, change.send());
        assertThat(guest.profile().text("surname")).isEqualTo("Changed again");

        Call registration = new Call(stranger, "POST", "auth/registration/")
                .with("Idempotency-Key", key)
                .json(Person.next().registration());
        assertRepeated(registration.send().expect(201), registration.send());

        Call mail = new Call(guest.client(), "POST", "verify-email/").with("Idempotency-Key", key);
        assertRepeated(mail.send().expect(200), mail.send());

        store.letAnswersAge("23 hours 59 minutes");
        assertRepeated(first, change.send());
        store.letAnswersAge("2 minutes");
        assertThat(change.send().expect(200).header("Idempotent-Replayed")).isEmpty();
        assertThat(guest.profile().text("surname")).isEqualTo("Changed");
    }

    private static void assertRepeated(Answer first, Answer again) {
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        for (String header : new String[] {"Cache-Control", "X-Content-Type-Options", "Content-Type"}) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(again.header("Users-Version")).isEqualTo(first.header("Users-Version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two keys"})
    @Says(
            "Registration, PATCH, DELETE and `verify-email/` take an `Idempotency-Key` of 1 to 255 visible ASCII characters.")
    void takesKeysOfVisibleCharacters(String none) {
        for (String bad : new String[] {none, "x".repeat(256)}) {
            Answer refused = patch("{}").with("Idempotency-Key", bad).send().expect(400);
            assertThat(refused.errors()).containsExactly("Idempotency-Key:not-a-key");
        }
        for (String good : new String[] {"x".repeat(255), "~", "\"" + key + "\""}) {
            patch("{}").with("Idempotency-Key", good).send().expect(200);
        }
    }

    @Test
    @Says("Blanks and the order of members make no other body.")
    void readsTheBodyAsJson() {
        String body = Person.next().registration();
        Answer first = register(body).expect(201);
        ObjectNode turned = JsonMapper.shared().createObjectNode();
        List<String> names = new ArrayList<>(JsonMapper.shared().readTree(body).propertyNames());
        Collections.reverse(names);
        names.forEach(
                name -> turned.set(name, JsonMapper.shared().readTree(body).get(name)));
        assertRepeated(first, register(turned.toPrettyString()));
        turned.put("surname", "Other");
        assertThat(register(turned.toString()).expect(422).problem()).isEqualTo("key-reused");
    }

    private Answer register(String body) {
        return new Call(stranger, "POST", "auth/registration/")
                .with("Idempotency-Key", key)
                .json(body)
                .send();
    }

    @Test
    @Says("Another body under the same key is a 422.")
    void refusesAnotherBody() {
        patch("{\"surname\":\"First\"}").with("Idempotency-Key", key).send().expect(200);
        Answer other =
                patch("{\"surname\":\"Second\"}").with("Idempotency-Key", key).send();
        assertThat(other.expect(422).problem()).isEqualTo("key-reused");
        assertThat(guest.profile().text("surname")).isEqualTo("First");
    }

    @Test
    @Says("A second request while the first is being worked on is a 409 with `Retry-After`.")
    void refusesASecondWhileTheFirstIsAtWork() {
        Call change =
                patch("{\"email\":\"%s\"}".formatted(Person.next().email())).with("Idempotency-Key", key);
        CompletableFuture<Answer> first = store.whileLocked("claim", () -> {
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(change::send);
            Patience.await("the first at work").until(() -> store.isWaitedFor("claim"));
            Answer second = change.send().expect(409);
            assertThat(second.problem()).isEqualTo("key-in-use");
            assertThat(second.header("Retry-After")).isEqualTo("1");
            return waiting;
        });
        first.join().expect(200);
    }

    @Test
    @Says("A refused request is not kept and may be tried again under its key.")
    void keepsNoRefusal() {
        Person other = Guest.of(system).person();
        Call change = patch("{\"email\":\"%s\"}".formatted(other.email())).with("Idempotency-Key", key);
        change.send().expect(400);
        system.client().signIn(other).delete("user/").expect(200);
        assertThat(change.send().expect(200).header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    @Says("Whoever repeats a DELETE is told again that it is done, although the token is worth nothing by then.")
    void tellsWhoHasLeftThatTheyHave() {
        Call leave = new Call(guest.client(), "DELETE", "user/").with("Idempotency-Key", key);
        Answer first = leave.send().expect(200);
        Answer again = leave.send();
        assertRepeated(first, again);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        new Call(guest.client(), "DELETE", "user/").send().expect(401);
    }

    @Test
    @Says("Keys of different users and of different calls have nothing to do with each other.")
    void keepsKeysApart() {
        patch("{}").with("Idempotency-Key", key).send().expect(200);
        Answer others = new Call(Guest.of(system).client(), "PATCH", "user/")
                .with("Idempotency-Key", key)
                .json("{\"surname\":\"x\"}")
                .send();
        assertThat(others.expect(200).header("Idempotent-Replayed")).isEmpty();
        Answer mail = new Call(guest.client(), "POST", "verify-email/")
                .with("Idempotency-Key", key)
                .send();
        assertThat(mail.expect(200).header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    @Says("Other calls ignore the key.")
    void isIgnoredElsewhere() {
        Call signIn = new Call(stranger, "POST", "auth/token/")
                .with("Idempotency-Key", key)
                .json(guest.person().credentials());
        assertThat(signIn.send().expect(200).text("refresh"))
                .isNotEqualTo(signIn.send().expect(200).text("refresh"));
        Call accept = new Call(guest.client(), "POST", "accept-email/").with("Idempotency-Key", key);
        accept.json("{\"code\":1}").send().expect(400);
        accept.json("{\"code\":2}").send().expect(400);
    }

    private Call patch(String body) {
        return new Call(guest.client(), "PATCH", "user/").json(body);
    }
}
