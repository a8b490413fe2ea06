package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Codes and notices arrive where they should, and their sender is told about them. */
@OneForm
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
    @Says("`GET verify-email/` and `GET verify-number/` tell what became of the last code: `state` is `none`, `queued`,"
            + " `deferred`, `sent` or `failed`.")
    @Says("`at` is when it came into that state, `expires_at` when the code expires, and `next_at` when the next may be"
            + " asked for.")
    void stateOfTheLastMailIsTold() {
        assertThat(state("verify-email/")).isEqualTo("none");
        user.post("verify-email/").expect(200);
        JsonNode asked = user.get("verify-email/").expect(200).json();
        assertThat(asked.get("state").asString()).isIn("queued", "sent");
        Instant next = Instant.parse(asked.get("next_at").asString());
        assertThat(Instant.parse(asked.get("at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(Instant.parse(asked.get("expires_at").asString()))
                .isBetween(Instant.now().plusSeconds(540), Instant.now().plusSeconds(600));
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
    @Says("A code for the number confirms no email, and a code for the email no number.")
    void codesArriveForWhatTheyConfirm() {
        user.post("verify-email/").expect(200);
        user.post("verify-number/").expect(200);
        String ofEmail = system.mails().awaitCode(person.email());
        String ofNumber = system.mails().awaitCode(person.number());
        if (!ofEmail.equals(ofNumber)) {
            user.post("accept-email/", "{\"code\":\"" + ofNumber + "\"}").expect(400);
            user.post("accept-number/", "{\"code\":\"" + ofEmail + "\"}").expect(400);
        }
    }

    @Test
    @Says(
            "`POST verify-number/` and `POST accept-number/` do for the number what the two calls above do for the email, by"
                    + " text message.")
    @Says("A new number is unconfirmed until a code of its own came back.")
    @Says("`confirmed` says whether today's address is confirmed.")
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
        user.post("verify-number/").expect(200);
        assertThat(system.mails().to(person.number())).hasSize(1);

        user.patch("user/", "{\"number\":\"" + Person.next().number() + "\"}").expect(200);
        assertThat(user.get("user/").json().get("confirmed_number").booleanValue())
                .isFalse();
        assertThat(user.get("verify-number/").json().get("confirmed").booleanValue())
                .isFalse();
        user.post("accept-number/", "{\"code\":\"" + code + "\"}").expect(400);
    }

    @Test
    @Says("No code is sent to premium-rate, shared-cost, personal, company-wide (UAN), voicemail, pager or"
            + " satellite numbers: that is a 400, and the number stays in the profile.")
    void numbersThatCostMoreGetNoCode() {
        Person premium = Person.next().withPremiumRateNumber();
        String digits = premium.number().substring(premium.number().length() - 6);
        system.client().register(premium).expect(201);
        Client theirs = system.client().signIn(premium);
        for (String number : List.of(
                premium.number(), "+49180" + digits, "+447012" + digits, "+49164" + digits, "+881612" + digits)) {
            theirs.patch("user/", "{\"number\":\"%s\"}".formatted(number)).expect(200);
            Answer refused = theirs.post("verify-number/").expect(400);
            assertThat(refused.problem()).as(number).isEqualTo("no-text-messages");
            assertThat(theirs.get("user/").text("number")).isEqualTo(number);
            assertThat(theirs.get("verify-number/").text("state")).isEqualTo("none");
        }
        theirs.patch("user/", "{\"number\":\"%s\"}".formatted(Person.next().number()))
                .expect(200);
        theirs.post("verify-number/").expect(200);
    }

    @Test
    @Says("When the email, number or password changes, a notice goes to the email that was last confirmed"
            + " before the change: one mail for all changes of a request, in the language of the request.")
    @Says("It does not contain the new values.")
    @Says("If no email was ever confirmed, no notice is sent.")
    void changeIsToldToTheAddressBeforeItWithoutTheNewOne() {
        Person changed = Person.next();
        Client stranger = Guest.of(system).client();
        stranger.patch("user/", "{\"email\":\"" + Person.next().email() + "\"}").expect(200);
        Guest guest = Guest.withConfirmedEmail(system);
        String email = guest.person().email();
        String change = "{\"email\":\"%s\",\"number\":\"%s\",\"password\":\"another pass 1\"}"
                .formatted(changed.email(), changed.number());
        new Call(guest.client(), "PATCH", "user/")
                .with("Accept-Language", "ru")
                .json(change)
                .send()
                .expect(200);
        String notice = Patience.await("the notice")
                .until(() -> system.mails().to(email), mails -> mails.size() == 2)
                .getFirst();
        assertThat(notice).doesNotContain(changed.email(), changed.number(), "another pass 1");
        assertThat(notice).contains("почта", "телефон", "пароль");
        assertThat(system.mails().to(email)).hasSize(2);
        assertThat(system.mails().to(changed.email())).isEmpty();
    }

    private String state(String path) {
        return user.get(path).expect(200).json().get("state").asString();
    }
}
