package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security line 27: whoever forgot the password sets a new one with a code, and nobody learns who exists. */
class ForgottenPasswordIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEW = "another pass 1";

    private final Person person = person();

    @Test
    void theCodeSetsANewPasswordAndEndsAllSessions() throws Exception {
        String access = register(person);
        String refresh = tokens(person).get("refresh").asString();
        assertThat(forget(person.email()).statusCode()).isEqualTo(200);

        assertThat(reset(person.email(), codeOf(access)).statusCode()).isEqualTo(200);
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(401);
        assertThat(post("auth/token/refresh", "{\"refresh\":\"" + refresh + "\"}", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(signIn("user1user1")).isEqualTo(401);
        assertThat(signIn(NEW)).isEqualTo(200);
        assertThat(types(access))
                .containsExactly("user.registered.v1", "user.password-reset-requested.v1", "user.password-changed.v1");
    }

    @Test
    void aCodeIsGoodOnce() throws Exception {
        String access = register(person);
        forget(person.email());
        String code = codeOf(access);
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(200);
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(400);
    }

    /** Line 12. */
    @Test
    void fiveWrongOnesOfItsRequestEndTheCode() throws Exception {
        String access = register(person);
        String handle = handle(forget(person.email()));
        String code = codeOf(access);
        for (int i = 0; i < 5; i++) {
            assertThat(reset(person.email(), wrong(code), handle).statusCode()).isEqualTo(400);
        }
        assertThat(reset(person.email(), code, handle).statusCode()).isEqualTo(400);
        assertThat(signIn("user1user1")).isEqualTo(200);
    }

    /** Line 37. */
    @Test
    void strangersWithWrongCodesDoNotKeepAKnownNetworkFromTheReset() throws Exception {
        String access = register(person);
        forget(person.email());
        String code = codeOf(access);
        var known = jdbc.queryForList(
                "select user_id, address, used_at from known_address where user_id = ?",
                claim(access, "sub").asLong());
        asIfFromElsewhere();
        for (int i = 0; i < 20; i++) {
            assertThat(reset(person.email(), wrong(code)).statusCode()).isEqualTo(400);
        }
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(400);
        known.forEach(row -> jdbc.update(
                "insert into known_address (user_id, address, used_at) values (?, ?, ?)",
                row.get("user_id"),
                row.get("address"),
                row.get("used_at")));
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(200);
    }

    /** Line 37: neither without naming the request nor with a name of their own. */
    @Test
    void strangersWithWrongCodesDoNotKeepTheOwnerFromTheReset() throws Exception {
        String access = register(person);
        String handle = handle(forget(person.email()));
        String code = codeOf(access);
        String theirs = handle(forget(person.email()));
        for (int i = 0; i < 25; i++) {
            HttpResponse<String> answer =
                    i % 2 == 0 ? reset(person.email(), wrong(code)) : reset(person.email(), wrong(code), theirs);
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(reset(person.email(), code).statusCode())
                .as("20 wrong ones without the request end the guessing")
                .isEqualTo(400);
        assertThat(reset(person.email(), code, handle).statusCode()).isEqualTo(200);
    }

    /** Line 37. */
    @Test
    void strangersNeitherReplaceTheOwnersCodeNorUseUpTheOwnersRequests() throws Exception {
        String access = register(person);
        forget(person.email());
        String code = codeOf(access);
        asIfFromElsewhere();
        forget(person.email());
        awaitNoWish();
        assertThat(resets(access)).isOne();
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(200);
        asIfFromElsewhere();
        forget(person.email());
        awaitNoWish();
        assertThat(resets(access)).as("a stranger's own budget").isEqualTo(2);
    }

    /** Whatever comes next, comes from a network that the user never signed in from. */
    private void asIfFromElsewhere() {
        jdbc.update("delete from known_address");
    }

    private long resets(String access) throws Exception {
        return types(access).stream()
                .filter("user.password-reset-requested.v1"::equals)
                .count();
    }

    /** Line 37: the owner, who was shut out by strangers' wrong passwords, comes in after a reset. */
    @Test
    void afterAResetTheOwnerSignsInWhateverStrangersTried() throws Exception {
        String access = register(person);
        asIfFromElsewhere();
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("a guess " + i)).isEqualTo(401);
        }
        assertThat(signIn("user1user1")).isEqualTo(429);
        forget(person.email());
        asOwner()
                .update(
                        "update credential set used = false where user_id = ?",
                        claim(access, "sub").asLong());
        assertThat(reset(person.email(), codeOf(access)).statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForObject(
                        "select count(*) from known_address where user_id = ?",
                        Long.class,
                        claim(access, "sub").asLong()))
                .isOne();
        assertThat(jdbc.queryForObject(
                        "select used from credential where user_id = ?",
                        Boolean.class,
                        claim(access, "sub").asLong()))
                .isTrue();
        asIfFromElsewhere();
        assertThat(signIn(NEW)).as("the strangers' count is forgotten").isEqualTo(200);
    }

    /** Line 37: as nothing is written for an email of nobody. */
    @Test
    void aWrongCodeAddsNoEvent() throws Exception {
        String access = register(person);
        forget(person.email());
        String code = codeOf(access);
        int events = types(access).size();
        assertThat(reset(person.email(), wrong(code)).statusCode()).isEqualTo(400);
        assertThat(types(access)).hasSize(events);
    }

    @Test
    void leavingDeletesTheCode() throws Exception {
        String access = register(person);
        forget(person.email());
        codeOf(access);
        assertThat(send("DELETE", "user/", "", access).statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForObject(
                        "select count(*) from reset_code where user_id = ?",
                        Long.class,
                        claim(access, "sub").asLong()))
                .isZero();
    }

    /** Line 13. */
    @Test
    void ofManyWishesOneIsMailed() throws Exception {
        String access = register(person);
        for (int i = 0; i < 5; i++) {
            assertThat(forget(person.email()).statusCode()).isEqualTo(200);
        }
        awaitNoWish();
        assertThat(types(access))
                .filteredOn("user.password-reset-requested.v1"::equals)
                .hasSize(1);
    }

    @Test
    void whoDoesNotExistGetsTheSameAnswers() throws Exception {
        register(person);
        String nobody = person().email();
        HttpResponse<String> known = forget(person.email());
        HttpResponse<String> unknown = forget(nobody);
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(unknown.body().replace(handle(unknown), ""))
                .isEqualTo(known.body().replace(handle(known), ""));
        assertThat(handle(unknown)).hasSameSizeAs(handle(known));
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());

        HttpResponse<String> wrong = reset(person.email(), "000000");
        HttpResponse<String> none = reset(nobody, "000000");
        assertThat(none.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(400);
        assertThat(none.body()).isEqualTo(wrong.body());
    }

    @Test
    void aCodeForTheEmailResetsNoPassword() throws Exception {
        String access = register(person);
        post("verify-email/", "", access);
        String request = request(access, "user.email-confirmation-requested.v1");
        forget(person.email());
        codeOf(access);
        long user = claim(access, "sub").asLong();
        String code = new ConfirmationCode(new byte[32]).derive(Purpose.EMAIL, user, person.email(), request);
        assertThat(reset(person.email(), code).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\":\"no email\",\"code\":\"000000\",\"password\":\"another pass 1\"}",
                "{\"email\":\"a@b.example\",\"code\":\"x\",\"password\":\"another pass 1\"}",
                "{\"email\":\"a@b.example\",\"code\":\"000000\",\"password\":\"password1\"}"
            })
    void badFieldsAreNamed(String body) throws Exception {
        HttpResponse<String> answer = post("auth/password/reset/", body, "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-fields");
    }

    @Test
    void wishesHoldNoEmail() throws Exception {
        forget(person.email());
        List<String> rows = jdbc.queryForList("select f::text from forgotten_password f", String.class);
        assertThat(rows).noneMatch(row -> row.contains(person.email()));
        awaitNoWish();
    }

    private HttpResponse<String> forget(String email) throws Exception {
        return post("auth/password/forgot/", "{\"email\":\"" + email.toUpperCase(java.util.Locale.ROOT) + "\"}", "");
    }

    private String handle(HttpResponse<String> forgotten) {
        return json.readTree(forgotten.body()).get("request").asString();
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private HttpResponse<String> reset(String email, String code, String handle) throws Exception {
        return post(
                "auth/password/reset/",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\",\"request\":\"%s\"}"
                        .formatted(email, code, NEW, handle),
                "");
    }

    private HttpResponse<String> reset(String email, String code) throws Exception {
        return post(
                "auth/password/reset/",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}".formatted(email, code, NEW),
                "");
    }

    private int signIn(String password) throws Exception {
        return post("auth/token/", "{\"email\":\"" + person.email() + "\",\"password\":\"" + password + "\"}", "")
                .statusCode();
    }

    private void awaitNoWish() {
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForList("select id from forgotten_password", Long.class)
                        .isEmpty());
    }

    private String codeOf(String access) {
        awaitNoWish();
        long user = claim(access, "sub").asLong();
        String request = request(access, "user.password-reset-requested.v1");
        return new ConfirmationCode(new byte[32]).derive(Purpose.PASSWORD, user, person.email(), request);
    }

    private String request(String access, String type) {
        return String.valueOf(jdbc.queryForObject(
                "select payload->>'request' from domain_event_entry where aggregate_identifier = ? and payload_type = ?"
                        + " order by sequence_number desc limit 1",
                String.class,
                claim(access, "sub").asString(),
                type));
    }
}
