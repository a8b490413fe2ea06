package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.ConfirmationCode.Purpose;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With the limits that are the defaults, a person who makes ordinary mistakes is never locked out, whatever strangers do. */
class PersonsLifeIT extends RunningCommandService {

    private static final String FIRST = "user1user1";
    private static final String SECOND = "another pass 1";

    private final Person mistyped = person();
    private final Person right = new Person(person().email(), mistyped.number());
    private final Person moved = new Person(person().email(), mistyped.number());

    @Test
    void mistypesForgetsMovesAndComesBackFromHoliday() throws Exception {
        // registers with a mistyped email, notices it, and confirms the right one at the second try
        String access = register(mistyped);
        assertThat(changeEmail(access, right.email())).isEqualTo(200);
        assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        String code = code(access, "user.email-confirmation-requested.v1", Purpose.EMAIL, right.email());
        assertThat(confirm(access, wrong(code))).isEqualTo(400);
        assertThat(confirm(access, code)).isEqualTo(200);

        // mistypes the password, then remembers it
        for (int i = 0; i < 4; i++) {
            assertThat(signIn(right, "a guess " + i)).isEqualTo(401);
        }
        assertThat(signIn(right, FIRST)).isEqualTo(200);

        // forgets it for good, and mistypes the code
        forget(right);
        code = resetCode(access, right);
        assertThat(reset(right, wrong(code), SECOND)).isEqualTo(400);
        assertThat(reset(right, code, SECOND)).isEqualTo(200);
        assertThat(signIn(right, SECOND)).isEqualTo(200);

        // gets a new email
        access = token(right, SECOND);
        assertThat(changeEmail(access, moved.email())).isEqualTo(200);
        timePasses();
        confirmEmail(access, moved);

        // while on holiday, strangers guess the password and the code, and the own network is forgotten
        jdbc.update("delete from known_address");
        for (int i = 0; i < 5; i++) {
            assertThat(signIn(moved, "a guess " + i)).isEqualTo(401);
        }
        forget(moved);
        resetCode(access, moved);
        for (int i = 0; i < 20; i++) {
            assertThat(reset(moved, "000000", "stranger's pass 1")).isEqualTo(400);
        }

        // comes back, cannot sign in, and gets in by a reset
        assertThat(signIn(moved, SECOND)).isEqualTo(429);
        timePasses();
        String handle = forget(moved);
        assertThat(reset(moved, resetCode(access, moved), FIRST, handle)).isEqualTo(200);
        assertThat(signIn(moved, FIRST)).isEqualTo(200);
    }

    /** More than the minute between two codes. */
    private void timePasses() {
        asOwner().update("update tally set at = at - interval '61 seconds'");
    }

    private int changeEmail(String access, String email) throws Exception {
        return send("PATCH", "user/", "{\"email\":\"" + email + "\"}", access).statusCode();
    }

    private int confirm(String access, String code) throws Exception {
        return post("accept-email/", "{\"code\":\"" + code + "\"}", access).statusCode();
    }

    private int signIn(Person who, String password) throws Exception {
        return attempt(who, password).statusCode();
    }

    private String token(Person who, String password) throws Exception {
        return json.readTree(attempt(who, password).body()).get("access").asString();
    }

    private HttpResponse<String> attempt(Person who, String password) throws Exception {
        return post("auth/token/", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(who.email(), password), "");
    }

    /** The handle of the request. */
    private String forget(Person who) throws Exception {
        HttpResponse<String> answer = post("auth/password/forgot/", "{\"email\":\"" + who.email() + "\"}", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.queryForList("select id from forgotten_password", Long.class)
                        .isEmpty());
        return json.readTree(answer.body()).get("request").asString();
    }

    private String resetCode(String access, Person who) {
        return code(access, "user.password-reset-requested.v1", Purpose.PASSWORD, who.email());
    }

    private int reset(Person who, String code, String password) throws Exception {
        return reset(who, code, password, "");
    }

    private int reset(Person who, String code, String password, String handle) throws Exception {
        return post(
                        "auth/password/reset/",
                        "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\",\"request\":\"%s\"}"
                                .formatted(who.email(), code, password, handle),
                        "")
                .statusCode();
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }
}
