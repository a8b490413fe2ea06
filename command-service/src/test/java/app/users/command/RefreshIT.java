package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Security line 9: a lost answer to a refresh can be asked for again; of two parties with one session's tokens, none stays. */
class RefreshIT extends RunningCommandService {

    private JsonNode first;

    @BeforeEach
    void signIn() throws Exception {
        Person person = person();
        register(person);
        first = tokens(person);
    }

    @Test
    void aRetryWithinSecondsGetsTheSameNextToken() throws Exception {
        JsonNode second = refresh(token(first));
        assertThat(token(refresh(token(first)))).isEqualTo(token(second));
        passes("9 seconds");
        assertThat(token(refresh(token(first)))).isEqualTo(token(second));
        refresh(token(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11 seconds", "1 hour", "23 hours 59 minutes"})
    void aLostAnswerIsRepeatedWhileTheNextTokenIsUnused(String later) throws Exception {
        JsonNode lost = refresh(token(first));
        passes(later);
        JsonNode second = refresh(token(first));
        assertThat(token(second)).isNotEqualTo(token(lost));
        assertThat(write(second)).isEqualTo(200);
        assertThat(write(refresh(token(second)))).isEqualTo(200);
    }

    @Test
    void answersThatAreLostInARowAreAllRepeated() throws Exception {
        JsonNode tokens = first;
        for (int refreshes = 0; refreshes < 3; refreshes++) {
            for (int lost = 0; lost < 3; lost++) {
                refresh(token(tokens));
                passes("2 hours");
            }
            tokens = refresh(token(tokens));
            passes("11 minutes");
        }
        assertThat(write(refresh(token(tokens)))).isEqualTo(200);
    }

    /** The answer was not lost: the client has it, and another party repeated the token before it. Or the reverse. */
    @Test
    void aTokenThatARepeatReplacedEndsTheSession() throws Exception {
        JsonNode replaced = refresh(token(first));
        passes("11 seconds");
        JsonNode repeated = refresh(token(first));
        assertThat(refreshed(token(replaced)).statusCode()).isEqualTo(401);
        assertIsOver(repeated);
        assertThat(whyItEnded(first)).containsExactly("reused");
    }

    /** Two parties that take turns would otherwise share the session for as long as it lasts. */
    @Test
    void twoPartiesThatAlwaysRepeatEachOthersTokenAreNoticed() throws Exception {
        JsonNode client = first;
        JsonNode thief = first;
        client = refresh(token(client));
        passes("5 minutes");
        thief = refresh(token(thief));
        passes("5 minutes");
        assertThat(refreshed(token(client)).statusCode()).isEqualTo(401);
        assertIsOver(thief);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 seconds", "11 seconds", "1 hour"})
    void aTokenWhoseNextTokenWasUsedEndsTheSession(String later) throws Exception {
        JsonNode third = refresh(token(refresh(token(first))));
        passes(later);
        assertThat(refreshed(token(first)).statusCode()).isEqualTo(401);
        assertIsOver(third);
        assertThat(whyItEnded(first)).containsExactly("reused");
    }

    @Test
    void aRepeatAfterTheGraceEndsTheSession() throws Exception {
        JsonNode second = refresh(token(first));
        passes("24 hours 1 minute");
        assertThat(refreshed(token(first)).statusCode()).isEqualTo(401);
        assertIsOver(second);
    }

    @Test
    void aRepeatIsAUseOfTheSession() throws Exception {
        for (int day = 0; day < 9; day++) {
            refresh(token(first));
            passes("23 hours");
        }
        assertThat(write(refresh(token(first)))).isEqualTo(200);
    }

    @Test
    void aRepeatOutlivesNoSession() throws Exception {
        refresh(token(first));
        jdbc.update("update session set expires_at = now() where id = ?::uuid", session(first));
        assertThat(refreshed(token(first)).statusCode()).isEqualTo(401);
    }

    @Test
    void ofManyLateRepeatsAtOnceAllGetOneNextToken() throws Exception {
        JsonNode lost = refresh(token(first));
        passes("1 hour");
        List<HttpResponse<String>> answers = atOnce(40, i -> () -> refreshed(token(first)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        List<String> next = answers.stream()
                .map(answer -> token(json.readTree(answer.body())))
                .distinct()
                .toList();
        assertThat(next).hasSize(1).doesNotContain(token(lost));
        assertThat(write(refresh(next.getFirst()))).isEqualTo(200);
    }

    @Test
    void theRefreshTokenAloneSignsOut() throws Exception {
        assertThat(post("auth/token/revoke", body(token(first)), "").statusCode())
                .isEqualTo(200);
        assertIsOver(first);
        assertThat(whyItEnded(first)).containsExactly("signed-out");
        assertThat(jdbc.queryForObject(
                        "select meta_data->>'actor' from domain_event_entry where aggregate_identifier = ?"
                                + " and payload_type = 'user.session-ended.v2'",
                        String.class,
                        user(first)))
                .isEqualTo(user(first));
    }

    @Test
    void aUsedRefreshTokenSignsOutToo() throws Exception {
        JsonNode third = refresh(token(refresh(token(first))));
        assertThat(post("auth/token/revoke", body(token(first)), "").statusCode())
                .isEqualTo(200);
        assertIsOver(third);
    }

    /** Lets the time pass for this session. */
    private void passes(String time) {
        jdbc.update(
                "update session set rotated_at = rotated_at - ?::interval where id = ?::uuid", time, session(first));
    }

    private HttpResponse<String> refreshed(String token) throws Exception {
        return post("auth/token/refresh", body(token), "");
    }

    private static String body(String token) {
        return "{\"refresh\":\"" + token + "\"}";
    }

    private void assertIsOver(JsonNode tokens) throws Exception {
        assertThat(refreshed(token(tokens)).statusCode()).isEqualTo(401);
        assertThat(write(tokens)).isEqualTo(401);
    }

    private int write(JsonNode tokens) throws Exception {
        return send("PATCH", "user/", "{}", tokens.get("access").asString()).statusCode();
    }

    private List<String> whyItEnded(JsonNode tokens) {
        return jdbc.queryForList(
                "select payload->>'reason' from domain_event_entry where aggregate_identifier = ?"
                        + " and payload_type = 'user.session-ended.v2'",
                String.class,
                user(tokens));
    }

    private String user(JsonNode tokens) {
        return claim(tokens.get("access").asString(), "sub").asString();
    }

    private String session(JsonNode tokens) {
        return claim(tokens.get("access").asString(), "sid").asString();
    }

    private static String token(JsonNode tokens) {
        return tokens.get("refresh").asString();
    }
}
