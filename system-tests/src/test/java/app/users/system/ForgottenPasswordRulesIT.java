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
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
    }

    @Test
    @Says("If somebody has it, a mail brings a code of six digits, good for 10 minutes.")
    @Says(
            "`POST auth/password/reset/` with `{\"email\": …, \"code\": …, \"password\": …}` sets the new password, ends all"
                    + " sessions and tells the person by a mail.")
    void setsANewPassword() {
        forget(guest.person()).expect(200);
        String code = system.mails().awaitCode(guest.person().email());
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
                .until(() -> system.mails().to(guest.person().email()), mails -> mails.size() == 2);
    }

    @Test
    @Says("Asked for again within 60 seconds, the answer is the same and there is no second mail.")
    void mailsOnce() {
        Answer first = forget(guest.person()).expect(200);
        Answer second = forget(guest.person()).expect(200);
        assertThat(second.body()).isEqualTo(first.body());
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
