package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/api.md} says of a forgotten password. */
@OneForm
class ForgottenPasswordRulesIT {

    private static final String NEW = "another pass 1";

    private final RunningSystem system;
    private final Client stranger;
    private final Guest guest;

    ForgottenPasswordRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        guest = Guest.of(system);
    }

    @Test
    @Says("`POST auth/password/forgot/` with `{\"email\": …}` answers 200, whether somebody has this email or not.")
    void tellsNobodyWhoExists() {
        Answer known = forget(guest.person()).expect(200);
        Answer unknown = forget(Person.next()).expect(200);
        assertThat(unknown.text("detail")).isEqualTo(known.text("detail"));
        assertThat(unknown.text("request")).hasSameSizeAs(known.text("request"));
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
    }

    @Test
    @Says("If somebody has it, a mail brings a code of six digits, good for 10 minutes.")
    @Says("`POST auth/password/reset/` with `{\"email\": …, \"code\": …, \"password\": …}` sets the new password,"
            + " ends all sessions and sends a notice to the last confirmed email.")
    void setsANewPassword() {
        Guest guest = Guest.withConfirmedEmail(system);
        forget(guest.person()).expect(200);
        String code = system.mails().awaitCode(guest.person().email(), 1);
        reset(guest.person(), code).expect(200);

        guest.client().patch("user/", "{}").expect(401);
        Patience.await("the end of the session at the reading side")
                .untilAsserted(() -> guest.client().get("user/").expect(401));
        stranger.post("auth/token/", guest.person().credentials()).expect(401);
        stranger.post(
                        "auth/token/",
                        guest.person().credentials().replace(guest.person().password(), NEW))
                .expect(200);
        Patience.await("the notice")
                .until(() -> system.mails().to(guest.person().email()), mails -> mails.size() == 3);
    }

    @Test
    @Says("The mail goes to the last confirmed email.")
    @Says("If no email was ever confirmed, it goes to the email from the registration, or nowhere if that was changed.")
    void anEmailThatWasOnlyTypedInDoesNotTakeTheAccount() {
        Guest owner = Guest.withConfirmedEmail(system);
        Person thief = Person.next();
        owner.client().patch("user/", "{\"email\":\"" + thief.email() + "\"}").expect(200);
        forget(thief).expect(200);
        String code = system.mails().awaitCode(owner.person().email(), 1);
        assertThat(system.mails().to(thief.email())).isEmpty();
        reset(owner.person(), code).expect(200);

        Guest mistyped = Guest.of(system);
        mistyped.client()
                .patch("user/", "{\"email\":\"" + Person.next().email() + "\"}")
                .expect(200);
        forget(mistyped.person()).expect(200);
        Guest later = Guest.of(system);
        forget(later.person()).expect(200);
        system.mails().awaitCode(later.person().email());
        assertThat(system.mails().to(mistyped.person().email())).isEmpty();
    }

    @Test
    @Says("When a confirmed email is changed, the notice to it contains a token that undoes the change for 7"
            + " days.")
    @Says("`POST auth/email/undo/` with `{\"token\": …}` needs no access token.")
    @Says(
            "It restores the email as confirmed, ends all sessions and removes the password: request a reset code to set a new one.")
    @Says("As long as the token is valid, no other user can take the former email.")
    @Says("A token works once; a wrong, used or expired one is a 400.")
    void theOwnerGetsTheEmailBack() {
        Guest owner = Guest.withConfirmedEmail(system);
        String email = owner.person().email();
        Person thief = Person.next();
        owner.client().patch("user/", "{\"email\":\"" + thief.email() + "\"}").expect(200);
        stranger.post("auth/token/", owner.person().credentials()).expect(401);
        Guest other = Guest.of(system);
        assertThat(other.client()
                        .patch("user/", "{\"email\":\"" + email + "\"}")
                        .expect(400)
                        .errors())
                .containsExactly("email:taken");

        String token = system.mails().awaitUndoToken(email);
        undo(token).expect(200);
        owner.client().patch("user/", "{}").expect(401);
        stranger.post("auth/token/", owner.person().credentials()).expect(401);
        forget(owner.person()).expect(200);
        reset(owner.person(), system.mails().awaitCode(email, 1)).expect(200);
        String credentials = owner.person().credentials().replace(owner.person().password(), NEW);
        Client again = stranger.with(
                "Bearer", stranger.post("auth/token/", credentials).expect(200).text("access"));
        assertThat(again.get("user/").expect(200).text("email")).isEqualTo(email);
        assertThat(again.get("user/").json().get("confirmed_email").booleanValue())
                .isTrue();
        other.client().patch("user/", "{\"email\":\"" + thief.email() + "\"}").expect(200);
        assertThat(undo(token).expect(400).problem()).isEqualTo("bad-undo");
    }

    private Answer undo(String token) {
        return stranger.post("auth/email/undo/", "{\"token\":\"" + token + "\"}");
    }

    @Test
    @Says("A second request within 60 seconds sends no second mail.")
    void mailsOnce() {
        Answer first = forget(guest.person()).expect(200);
        Answer second = forget(guest.person()).expect(200);
        assertThat(second.text("detail")).isEqualTo(first.text("detail"));
        Guest later = Guest.of(system);
        forget(later.person()).expect(200);
        system.mails().awaitCode(later.person().email());
        assertThat(system.mails().to(guest.person().email())).hasSize(1);
    }

    @Test
    @Says("A wrong code, a spent code and a code of another kind get the same 400 as an email that nobody has.")
    void refusesAllInTheSameWay() {
        Answer nobody = reset(Person.next(), "123456").expect(400);
        assertThat(reset(guest.person(), "123456").expect(400).body()).isEqualTo(nobody.body());
        guest.client().post("verify-email/").expect(200);
        String ofEmail = system.mails().awaitCode(guest.person().email());
        assertThat(reset(guest.person(), ofEmail).expect(400).body()).isEqualTo(nobody.body());

        Guest other = Guest.of(system);
        forget(other.person()).expect(200);
        String code = system.mails().awaitCode(other.person().email());
        reset(other.person(), code).expect(200);
        assertThat(reset(other.person(), code).expect(400).body()).isEqualTo(nobody.body());
    }

    @Test
    @Says("The body can also have the `request` from the answer to `forgot`.")
    @Says("With it, a code is invalid after five wrong tries.")
    @Says("Without it, 20 tries a day are allowed for an email, and the code stays valid for clients that send"
            + " `request`.")
    void countsWrongCodesForTheRequestThatTheyBelongTo() {
        String request = forget(guest.person()).expect(200).text("request");
        String code = system.mails().awaitCode(guest.person().email());
        String wrong = code.equals("111111") ? "222222" : "111111";
        for (int i = 0; i < 20; i++) {
            reset(guest.person(), wrong).expect(400);
        }
        reset(guest.person(), code).expect(400);
        reset(guest.person(), code, NEW, request).expect(200);

        Guest other = Guest.of(system);
        String ofOther = forget(other.person()).expect(200).text("request");
        String codeOfOther = system.mails().awaitCode(other.person().email());
        for (int i = 0; i < 5; i++) {
            reset(other.person(), codeOfOther.equals("111111") ? "222222" : "111111", NEW, ofOther)
                    .expect(400);
        }
        reset(other.person(), codeOfOther, NEW, ofOther).expect(400);
    }

    private Answer reset(Person person, String code, String password, String request) {
        return stranger.post(
                "auth/password/reset/",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\",\"request\":\"%s\"}"
                        .formatted(person.email(), code, password, request));
    }

    @Test
    @Says("A password that repeats something of the profile is a 400 that names it, and the code stays good.")
    void refusesOwnData() {
        guest.client().patch("user/", "{\"surname\":\"Storedname\"}").expect(200);
        forget(guest.person()).expect(200);
        String code = system.mails().awaitCode(guest.person().email());
        for (String own : List.of("storedname", guest.person().number().substring(1))) {
            assertThat(reset(guest.person(), code, own).expect(400).errors())
                    .containsExactly("password:own-data-password");
        }
        reset(guest.person(), code).expect(200);
    }

    private Answer forget(Person person) {
        return stranger.post("auth/password/forgot/", "{\"email\":\"" + person.email() + "\"}");
    }

    private Answer reset(Person person, String code) {
        return reset(person, code, NEW);
    }

    private Answer reset(Person person, String code, String password) {
        return stranger.post(
                "auth/password/reset/",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), code, password));
    }
}
