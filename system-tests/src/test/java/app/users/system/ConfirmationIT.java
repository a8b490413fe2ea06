package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Codes and notices arrive where they should, and their sender is told about them. */
@EachForm
class ConfirmationIT {

    private final RunningSystem system;
    private final Person person = Person.next();
    private final Client user;

    ConfirmationIT(Form form, Systems systems) {
        system = systems.get(form);
        system.client().register(person).expect(201);
        user = system.client().signIn(person);
    }

    @Test
    void stateOfTheLastMailIsTold() {
        assertThat(state("verify-email/")).isEqualTo("none");
        user.post("verify-email/").expect(200);
        JsonNode asked = user.get("verify-email/").expect(200).json();
        assertThat(asked.get("state").asString()).isIn("queued", "sent");
        Instant next = Instant.parse(asked.get("next_at").asString());
        assertThat(next).isBetween(Instant.now(), Instant.now().plusSeconds(60));
        Answer tooSoon = user.post("verify-email/").expect(429);
        assertThat(Instant.now()
                        .plusSeconds(Long.parseLong(
                                tooSoon.headers().firstValue("Retry-After").orElseThrow())))
                .isCloseTo(next, within(Duration.ofSeconds(5)));
        Patience.await("the mail to be sent").until(() -> state("verify-email/"), "sent"::equals);
        assertThat(state("verify-number/")).isEqualTo("none");
    }

    @Test
    void numberIsConfirmedByTheCodeOfATextMessage() {
        user.post("verify-number/").expect(200);
        String code = system.mails().awaitCode(person.number());
        user.post("accept-number/", "{\"code\":\"" + code + "\"}").expect(200);
        JsonNode profile = user.get("user/").expect(200).json();
        assertThat(profile.get("confirmed_number").booleanValue()).isTrue();
        assertThat(profile.get("confirmed_email").booleanValue()).isFalse();
        assertThat(user.get("verify-number/")
                        .expect(200)
                        .json()
                        .get("confirmed")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void changeIsToldToTheAddressBeforeItWithoutTheNewOne() {
        Person changed = Person.next();
        user.patch("user/", "{\"email\":\"%s\",\"number\":\"%s\"}".formatted(changed.email(), changed.number()))
                .expect(200);
        String notice = Patience.await("the notice")
                .until(() -> system.mails().to(person.email()), mails -> !mails.isEmpty())
                .getFirst();
        assertThat(notice).doesNotContain(changed.email()).doesNotContain(changed.number());
        assertThat(system.mails().to(changed.email())).isEmpty();
    }

    private String state(String path) {
        return user.get(path).expect(200).json().get("state").asString();
    }
}
