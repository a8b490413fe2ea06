package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who has signed out is refused everywhere, reads included, long before the token expires. */
@EachForm
class SignOutIT {

    private final RunningSystem system;
    private final Client stranger;
    private final Guest guest;
    private final Client here;

    SignOutIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        guest = Guest.of(system);
        here = guest.client();
    }

    /** Security line 5: who a client says it is counts for nothing. */
    @Test
    void sessionsShowTheRealAddressWhateverTheClientClaims() {
        Answer tokens = stranger.send(
                "POST",
                "auth/token/",
                guest.person().credentials(),
                Map.of("X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7", "X-Real-IP", "203.0.113.7"));
        Client claiming = stranger.with("Bearer", tokens.expect(200).text("access"));
        assertThat(claiming.get("auth/sessions/").expect(200).body())
                .contains("127.0.0.1")
                .doesNotContain("203.0.113.7");
    }

    @Test
    @Says("`auth/sessions/` lists up to 100 sessions, the newest first.")
    @Says(
            "`client` is what the client calls itself in `User-Agent`, `current` marks the session that asks, and `used_at` is"
                    + " when it was last refreshed.")
    void listsSessions() {
        Tokens named = Tokens.of(new Call(stranger, "POST", "auth/token/")
                .with("User-Agent", "named/2.0 (example)")
                .json(guest.person().credentials())
                .send());
        JsonNode before = sessions();
        assertThat(before).hasSize(2);
        assertThat(before.get(0).get("client").stringValue()).isEqualTo("named/2.0 (example)");
        assertThat(before.get(0).get("current").booleanValue()).isFalse();
        assertThat(before.get(1).get("current").booleanValue()).isTrue();
        assertThat(before.get(0).get("used_at")).isEqualTo(before.get(0).get("created_at"));
        stranger.post("auth/token/refresh", named.refreshing()).expect(200);
        JsonNode after = sessions();
        assertThat(time(after.get(0), "used_at")).isAfter(time(after.get(0), "created_at"));
        assertThat(time(after.get(0), "created_at")).isAfter(time(after.get(1), "created_at"));

        new EventStore(system.eventStore()).multiplySessions(here.id(), 120);
        List<Instant> newest = new ArrayList<>();
        sessions().forEach(session -> newest.add(time(session, "created_at")));
        assertThat(newest).hasSize(100).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    private JsonNode sessions() {
        return here.get("auth/sessions/").expect(200).json();
    }

    private static Instant time(JsonNode session, String member) {
        return Instant.parse(session.get(member).stringValue());
    }

    @Test
    @Says("`auth/token/revoke` without a body ends the caller's session.")
    @Says("An ended session is refused by writes, refreshes and its own next read at once.")
    void endsOneSessionAndLeavesTheOther() {
        Tokens ended = guest.tokens();
        Client there = stranger.with("Bearer", ended.access());
        there.get("user/").expect(200);

        there.post("auth/token/revoke").expect(200);
        there.get("user/").expect(401);
        there.get("user/executor/").expect(401);
        there.get("auth/sessions/").expect(401);
        there.patch("user/", "{}").expect(401);
        there.delete("user/").expect(401);
        stranger.post("auth/token/refresh", ended.refreshing()).expect(401);
        here.get("user/").expect(200);
    }

    @Test
    @Says("With `{\"session\": …}` it ends that one, if it is the caller's, else it is a 404.")
    @Says("Reads by others of its tokens are refused as soon as the event has arrived.")
    void endsAnotherSessionOfTheCallers() {
        Client there = stranger.signIn(guest.person());
        String session = sessions().get(0).get("session").stringValue();
        there.get("user/").expect(200);
        Guest.of(system)
                .client()
                .post("auth/token/revoke", "{\"session\":\"" + session + "\"}")
                .expect(404);
        there.get("user/").expect(200);

        here.post("auth/token/revoke", "{\"session\":\"" + session + "\"}").expect(200);
        there.patch("user/", "{}").expect(401);
        Patience.await("end of the session at the reads")
                .untilAsserted(() -> there.get("user/").expect(401));
        here.post("auth/token/revoke", "{\"session\":\"" + session + "\"}").expect(404);
        here.get("user/").expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'session':'1'}                                      | session:not-a-session",
                "{'session':1}                                        | session:not-text",
                "{'session':'00000000-0000-0000-0000-00000000000G'}   | session:not-a-session",
                "{'refresh':{}}                                       | refresh:not-text",
                "{'session':null}                                     | session:null",
                "{'refresh':null}                                     | refresh:null",
                "{'more':1}                                           | more:unknown"
            })
    void refusesWhatNamesNoSession(String body, String error) {
        assertThat(here.post("auth/token/revoke", body.replace('\'', '"'))
                        .expect(400)
                        .errors())
                .containsExactly(error);
        here.get("auth/sessions/").expect(200);
    }

    @Test
    @Says(
            "With `{\"refresh\": …}` it ends the session of that refresh token, and answers 200 even if the token is worth"
                    + " nothing.")
    void endsTheSessionOfARefreshToken() {
        Tokens other = guest.tokens();
        here.post("auth/token/revoke", other.refreshing()).expect(200);
        stranger.with("Bearer", other.access()).patch("user/", "{}").expect(401);
        here.post("auth/token/revoke", other.refreshing()).expect(200);
        here.post("auth/token/revoke", "{\"refresh\":\"nothing\"}").expect(200);
    }

    @Test
    @Says("With `{\"refresh\": …}` you can leave out the access token: the refresh token alone signs out.")
    void endsASessionByItsRefreshTokenAlone() {
        Tokens tokens = guest.tokens();
        Client there = stranger.with("Bearer", tokens.access());
        stranger.post("auth/token/revoke", tokens.refreshing()).expect(200);
        there.patch("user/", "{}").expect(401);
        stranger.post("auth/token/refresh", tokens.refreshing()).expect(401);
        Patience.await("end of the session at the reads")
                .untilAsserted(() -> there.get("user/").expect(401));
        stranger.post("auth/token/revoke", tokens.refreshing()).expect(200);
        stranger.post("auth/token/revoke", "{\"refresh\":\"nothing\"}").expect(200);
        here.get("user/").expect(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | 401 | no-token",
                "{'session':'%s'}                 | 401 | no-token",
                "{'refresh':null}                 | 400 | invalid-fields",
                "{'refresh':{}}                   | 400 | invalid-fields",
                "{'refresh':'x','session':'%s'}   | 400 | invalid-fields",
                "{'refresh':'x'                   | 400 | malformed-json"
            })
    void refusesWhatIsNoRefreshTokenAlone(String body, int status, String problem) {
        String session = sessions().get(0).get("session").stringValue();
        assertThat(stranger.post("auth/token/revoke", body.replace('\'', '"').formatted(session))
                        .expect(status)
                        .problem())
                .isEqualTo(problem);
        here.get("user/").expect(200);
    }

    @Test
    void refusesABadAccessTokenBesideARefreshToken() {
        Tokens tokens = guest.tokens();
        stranger.with("Bearer", "nonsense")
                .post("auth/token/revoke", tokens.refreshing())
                .expect(401);
        stranger.post("auth/token/refresh", tokens.refreshing()).expect(200);
    }

    @Test
    @Says("If both are sent, the session must be the caller's, otherwise nothing ends.")
    void endsOnlySessionsOfTheCaller() {
        Tokens strangers = Guest.of(system).tokens();
        here.post("auth/token/revoke", strangers.refreshing()).expect(200);
        stranger.post("auth/token/refresh", strangers.refreshing()).expect(200);
    }

    @Test
    @Says("`auth/token/revoke-all` ends every session of the caller, this one too.")
    void endsEverySession() {
        Client there = stranger.signIn(guest.person());

        here.post("auth/token/revoke-all").expect(200);
        here.get("user/").expect(401);
        there.get("user/").expect(401);
        there.get("user/executor/").expect(401);
        there.get("auth/sessions/").expect(401);
        stranger.signIn(guest.person()).get("user/").expect(200);
    }
}
