package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.ConfirmationCode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Security line 36: somebody with a stolen access token changes the email, and the owner gets it back. */
@SuppressWarnings("NullAway.Init") // set before each test
class UndoIT extends RunningCommandService {

    private final Person owner = person();
    private final Person thief = person();
    private String stolen;

    @BeforeEach
    void theThiefChangesTheEmail() throws Exception {
        stolen = register(owner);
        confirmEmail(stolen, owner);
        assertThat(changeEmail(stolen, thief).statusCode()).isEqualTo(200);
    }

    @Test
    void theTokenRestoresTheEmailAndEndsTheThiefsSession() throws Exception {
        assertThat(undo(token(1)).statusCode()).isEqualTo(200);
        assertThat(changeEmail(stolen, thief).statusCode()).isEqualTo(401);
        assertThat(types(stolen))
                .endsWith(
                        "user.email-changed.v1",
                        "user.email-confirmed.v1",
                        "user.password-changed.v1",
                        "user.notice-requested.v1");
        assertThat(tokens(owner).has("access"))
                .as("the thief may have set this password")
                .isFalse();
    }

    @Test
    void ofManyAtOnceOneSucceeds() throws Exception {
        String token = token(1);
        List<Integer> answers = atOnce(8, _ -> () -> undo(token).statusCode());
        assertThat(answers)
                .containsOnly(200, 400)
                .filteredOn(status -> status == 200)
                .hasSize(1);
    }

    @Test
    void theFirstTokenWinsOverOneOfAnEmailThatTheThiefConfirmed() throws Exception {
        jdbc.update("delete from tally");
        confirmEmail(stolen, thief);
        Person another = person();
        assertThat(changeEmail(stolen, another).statusCode()).isEqualTo(200);
        String first = token(1);
        String second = token(2);
        assertThat(undo(first).statusCode()).isEqualTo(200);
        assertThat(undo(second).statusCode()).isEqualTo(400);
    }

    @Test
    void changingBackAndForthFreesNoEmailThatAnUndoRestores() throws Exception {
        assertThat(changeEmail(stolen, owner).statusCode()).isEqualTo(200);
        assertThat(changeEmail(stolen, person()).statusCode()).isEqualTo(200);
        assertThat(post("auth/registration/", owner.body().replace(owner.number(), person().number()), "")
                        .statusCode())
                .isEqualTo(409);
        assertThat(undo(token(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void theFormerEmailIsHeldButSignsNobodyIn() throws Exception {
        assertThat(post("auth/registration/", owner.body(), "").statusCode()).isEqualTo(409);
        assertThat(tokens(owner).has("access")).isFalse();
        assertThat(tokens(thief).has("access")).isTrue();
    }

    @Test
    void leavingFreesAHeldEmail() throws Exception {
        String token = token(1);
        assertThat(send("DELETE", "user/", "", stolen).statusCode()).isEqualTo(200);
        assertThat(post("auth/registration/", owner.body(), "").statusCode()).isEqualTo(201);
        assertThat(undo(token).statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenOfNobodyGetsTheSameAnswerAsAWrongOne() throws Exception {
        String wrong = "A".repeat(22);
        String body = undo(claim(stolen, "sub").asString() + "." + wrong).body();
        for (String user : List.of("0", "999999999", "999999999999999999")) {
            HttpResponse<String> none = undo(user + "." + wrong);
            assertThat(none.statusCode()).isEqualTo(400);
            assertThat(none.body()).isEqualTo(body);
        }
        assertThat(undo("9999999999999999999." + wrong).body()).isEqualTo(body);
    }

    private HttpResponse<String> changeEmail(String access, Person to) throws Exception {
        return send("PATCH", "user/", "{\"email\":\"" + to.email() + "\"}", access);
    }

    private HttpResponse<String> undo(String token) throws Exception {
        return post("auth/email/undo/", "{\"token\":\"" + token + "\"}", "");
    }

    /** That the notice of the change brought, the first one or a later one. */
    private String token(int number) {
        List<String> undos = jdbc.queryForList(
                "select payload->>'undo' from domain_event_entry where aggregate_identifier = ?"
                        + " and payload->>'undo' is not null order by sequence_number",
                String.class,
                claim(stolen, "sub").asString());
        return new ConfirmationCode(new byte[32]).undoToken(claim(stolen, "sub").asLong(), undos.get(number - 1));
    }
}
