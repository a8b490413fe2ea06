package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.EventHeaders;
import app.users.system.EventTopic.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/api.md} says of confirming the email. */
@OneForm
class ConfirmRulesIT {

    private final RunningSystem system;
    private final Guest guest;
    private final Client user;

    ConfirmRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        guest = Guest.of(system);
        user = guest.client();
    }

    @Test
    @Says("The mail goes to the email of the profile and brings a code of six digits.")
    void mailsACode() {
        Person other = Person.next();
        user.patch("user/", "{\"email\":\"%s\"}".formatted(other.email())).expect(200);
        user.post("verify-email/").expect(200);
        assertThat(system.mails().awaitCode(other.email())).matches("[0-9]{6}");
        assertThat(codes(guest.person().email())).isZero();
    }

    /** How many mails with a code have arrived there. */
    private long codes(String address) {
        return system.mails().to(address).stream()
                .filter(m -> m.matches("(?s).*\\b\\d{6}\\b.*"))
                .count();
    }

    @Test
    @Says("The code is good for 10 minutes and for one use.")
    void isGoodOnce() {
        String code = request();
        accept(code).expect(200);
        assertThat(guest.profile().json().get("confirmed_email").booleanValue()).isTrue();
        assertThat(accept(code).expect(400).problem()).isEqualTo("already-confirmed");
        EventTopic topic = new EventTopic(system.kafka());
        long id = user.id();
        Published requested = Patience.await("request on the topic")
                .until(() -> topic.recordsOf(id), records -> records.size() > 1)
                .get(1);
        Instant at = Instant.parse(Objects.requireNonNull(requested.header(EventHeaders.TIME)));
        Instant expires = Instant.parse(
                Objects.requireNonNull(requested.event()).required("expires").stringValue());
        assertThat(Duration.between(at, expires)).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
    }

    @Test
    @Says("A new request makes the code before it worthless.")
    void forgetsTheCodeBefore() {
        String first = request();
        letCoolDownPass();
        user.post("verify-email/").expect(200);
        Patience.await("the second mail").until(() -> codes(guest.person().email()) == 2);
        String second = system.mails().awaitCode(guest.person().email());
        assertThat(accept(first).expect(400).problem()).isEqualTo("wrong-code");
        accept(second).expect(200);
    }

    @Test
    @Says("The next request may come after 60 seconds, and 10 may come a day; before that it is a 429 with"
            + " `Retry-After`.")
    @Says("Leaving and registering again resets none of these counts.")
    void boundsTheMails() {
        for (int i = 1; i <= 10; i++) {
            user.post("verify-email/").expect(200);
            assertThat(retryAfter(user.post("verify-email/")))
                    .isBetween(i < 10 ? 30L : 80_000L, i < 10 ? 60L : 86_400L);
            letCoolDownPass();
        }
        assertThat(retryAfter(user.post("verify-email/"))).isBetween(80_000L, 86_400L);
        user.delete("user/").expect(200);
        system.client().register(guest.person()).expect(201);
        assertThat(retryAfter(system.client().signIn(guest.person()).post("verify-email/")))
                .isBetween(80_000L, 86_400L);
    }

    private void letCoolDownPass() {
        new CodeCounts(system, user.id(), guest.person().email()).letCoolDownPass();
    }

    private static long retryAfter(Answer answer) {
        return Long.parseLong(answer.expect(429).header("Retry-After"));
    }

    @Test
    @Says("Whoever has confirmed already gets a 200 whose `detail` says so, and no mail.")
    void mailsNothingToWhoHasConfirmed() {
        accept(request()).expect(200);
        letCoolDownPass();
        assertThat(user.post("verify-email/").expect(200).text("detail")).isEqualTo("Already confirmed");
        Guest later = Guest.of(system);
        later.client().post("verify-email/").expect(200);
        system.mails().awaitCode(later.person().email());
        assertThat(codes(guest.person().email())).isOne();
    }

    @Test
    @Says("Registering sends no mail.")
    void mailsNothingUnasked() {
        Guest later = Guest.of(system);
        later.client().post("verify-email/").expect(200);
        system.mails().awaitCode(later.person().email());
        assertThat(system.mails().to(guest.person().email())).isEmpty();
    }

    @Test
    @Says("The code may be sent as text or as a number, with or without its leading zeros.")
    void readsTheCodeAsTextOrNumber() {
        String code = request();
        for (String number : new String[] {"1", "01", "000001", "12345"}) {
            assertThat(user.post("accept-email/", "{\"code\":%s,}".formatted(number))
                            .expect(400)
                            .problem())
                    .isEqualTo("wrong-code");
        }
        user.post("accept-email/", "{\"code\":%s}".formatted(code)).expect(200);
        Guest other = Guest.of(system);
        other.client()
                .post("accept-email/", "{\"code\":\"%s\"}".formatted(request(other)))
                .expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':'12345'}    | code:not-a-code",
                "{'code':'1234567'}  | code:not-a-code",
                "{'code':1234567}    | code:not-a-code",
                "{'code':'12345a'}   | code:not-a-code",
                "{'code':' 123456'}  | code:not-a-code",
                "{'code':'１２３４５６'} | code:not-a-code",
                "{'code':-12345}     | code:not-a-code",
                "{'code':123456.0}   | code:not-a-code",
                "{'code':1e5}        | code:not-a-code",
                "{'code':true}       | code:not-a-code",
                "{'code':[123456]}   | code:not-a-code",
                "{'code':null}       | code:required",
                "{}                  | code:required",
                "{'code':'123456','more':1} | more:unknown"
            })
    @Says("A code that is no six digits is a 400.")
    void refusesWhatIsNoCode(String body, String error) {
        assertThat(user.post("accept-email/", body.replace('\'', '"'))
                        .expect(400)
                        .errors())
                .containsExactly(error);
    }

    @Test
    @Says("A code that is wrong or spent is a 400, and so is one that was never asked for.")
    void refusesCodesThatAreNotGood() {
        assertThat(accept("123456").expect(400).problem()).isEqualTo("no-code");
        String code = request();
        assertThat(accept(other(code)).expect(400).problem()).isEqualTo("wrong-code");
        assertThat(guest.profile().json().get("confirmed_email").booleanValue()).isFalse();
        accept(code).expect(200);
        assertThat(accept(code).expect(400).problem()).isEqualTo("already-confirmed");
    }

    @Test
    @Says("After 5 wrong tries the code is dead.")
    @Says("After 20 wrong tries a day there is a 429, whatever the code.")
    void boundsTheTries() {
        for (int round = 1; round <= 4; round++) {
            String code = round == 1 ? request() : "";
            user.post("verify-email/").expect(round == 1 ? 429 : 200);
            for (int i = 0; i < 5; i++) {
                assertThat(accept(other(code)).expect(400).problem()).isEqualTo("wrong-code");
            }
            if (round == 1) {
                assertThat(accept(code).expect(400).problem()).isEqualTo("no-code");
            }
            letCoolDownPass();
        }
        user.post("verify-email/").expect(200);
        Answer tooMany = accept("123456");
        assertThat(retryAfter(tooMany)).isBetween(80_000L, 86_400L);
        assertThat(tooMany.problem()).isEqualTo("too-many-tries");
    }

    @Test
    @Says("A code confirms only the email that it was sent to, and only for the user who asked.")
    void confirmsOnlyWhatItWasSentFor() {
        String code = request();
        Guest other = Guest.of(system);
        String others = request(other);
        if (!code.equals(others)) {
            other.client().post("accept-email/", "{\"code\":\"" + code + "\"}").expect(400);
        }
        user.patch("user/", "{\"email\":\"%s\"}".formatted(Person.next().email()))
                .expect(200);
        assertThat(accept(code).expect(400).problem()).isEqualTo("no-code");
        user.patch("user/", "{\"email\":\"%s\"}".formatted(guest.person().email()))
                .expect(200);
        assertThat(accept(code).expect(400).problem()).isEqualTo("no-code");
    }

    private String request() {
        return request(guest);
    }

    private String request(Guest guest) {
        guest.client().post("verify-email/").expect(200);
        return system.mails().awaitCode(guest.person().email());
    }

    private Answer accept(String code) {
        return user.post("accept-email/", "{\"code\":\"" + code + "\"}");
    }

    private static String other(String code) {
        return code.equals("000001") ? "000002" : "000001";
    }
}
