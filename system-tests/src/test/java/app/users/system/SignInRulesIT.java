package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.system.Guest.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of signing in, of the tokens that it brings, and of sessions while they last. */
@OneForm
class SignInRulesIT {

    private final RunningSystem system;
    private final Client stranger;
    private final EventStore store;
    private final Guest guest;

    SignInRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        store = new EventStore(system.eventStore());
        guest = Guest.of(system);
    }

    @Test
    @Says("The email and the number are read and compared as at registration.")
    void findsTheUserByWhatIdentifiesThem() {
        String email = guest.person().email();
        String number = guest.person().number();
        for (String typed : List.of(email, email.toUpperCase(Locale.ROOT), "\u200b " + email + "\u00a0")) {
            signIn("email", typed, guest.person().password()).expect(200);
        }
        for (String typed : List.of(
                "\u202a" + number + "\u202c",
                "tel:" + number,
                number.replace('+', '＋').replace('7', '７'))) {
            signIn("number", typed, guest.person().password()).expect(200);
        }
    }

    /** Argon2 takes all of it; bcrypt, for one, ignores what follows the 72nd byte. */
    @Test
    @Says("Every character of a password is compared, however long it is.")
    void comparesTheWholePassword() {
        String start = "long pass ".repeat(9);
        String long90 = newPassword(start + "1");
        signIn("email", guest.person().email(), start + "2").expect(401);
        signIn("email", guest.person().email(), start).expect(401);
        signIn("email", guest.person().email(), long90).expect(200);
    }

    @Test
    @Says("Passwords are compared in the form NFKC of Unicode: `ﬁ` and `fi` are the same.")
    void comparesPasswordsInAnyFormOfUnicode() {
        newPassword("Ame\u0301lie ① ﬁn");
        for (String typed : List.of("Ame\u0301lie ① ﬁn", "Am\u00e9lie 1 fin", "Ａｍ\u00e9ｌｉｅ\u3000１\u00a0fin")) {
            signIn("email", guest.person().email(), typed).expect(200);
        }
        signIn("email", guest.person().email(), "Amelie 1 fin").expect(401);
    }

    private String newPassword(String password) {
        guest.client().patch("user/", "{\"password\":\"" + password + "\"}").expect(200);
        return password;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'email':'%s','number':'%s','password':'p'} | one-identifier",
                "{'password':'p'}                            | one-identifier",
                "{'email':null,'password':'p'}               | one-identifier",
                "{'email':'%s'}                              | invalid-fields",
                "{'email':'%s','password':null}              | invalid-fields",
                "{'email':'%s','password':1}                 | invalid-fields",
                "{'email':{'$gt':''},'password':'p'}         | invalid-fields",
                "{'email':'%s','password':'p','more':1}      | invalid-fields",
                "[]                                          | not-an-object"
            })
    @Says("Both of them, or neither, is a 400.")
    void needsEitherAndAPassword(String body, String problem) {
        String sent = body.replace('\'', '"')
                .formatted(guest.person().email(), guest.person().number());
        assertThat(stranger.post("auth/token/", sent).expect(400).problem()).isEqualTo(problem);
    }

    @Test
    @Says(
            "`expired_at` is the second at which `access` expires, in Unix time; `expires_in` is how many seconds that is from"
                    + " now.")
    @Says("An access token lasts 10 minutes, or as `users.token.access-lifetime` says.")
    void saysWhenAccessExpires() {
        long before = Instant.now().getEpochSecond();
        JsonNode tokens = stranger.post("auth/token/", guest.person().credentials())
                .expect(200)
                .json();
        long after = Instant.now().getEpochSecond();
        assertThat(tokens.get("expired_at").isIntegralNumber()).isTrue();
        assertThat(tokens.get("expired_at").longValue()).isBetween(before + 600, after + 600);
        assertThat(tokens.get("expires_in").longValue()).isBetween(599L, 600L);
        assertThat(AccessToken.of(tokens.get("access").stringValue())
                        .claims()
                        .get("exp")
                        .longValue())
                .isEqualTo(tokens.get("expired_at").longValue());
    }

    @Test
    @Says(
            "A wrong password, an unknown email, an unknown number and an erased user get the same 401: same body, same cost.")
    void tellsNobodyWhyTheyAreNotLetIn() {
        Guest erased = Guest.of(system);
        erased.client().delete("user/").expect(200);
        Person nobody = Person.next();
        String password = guest.person().password();
        Answer wrong =
                signIn("email", guest.person().email(), "not the password").expect(401);
        List<Answer> others = List.of(
                signIn("number", guest.person().number(), "not the password"),
                signIn("email", nobody.email(), password),
                signIn("number", nobody.number(), password),
                signIn("number", "no number", password),
                signIn("email", erased.person().email(), erased.person().password()));
        assertThat(others).allSatisfy(other -> {
            assertThat(other.expect(401).body()).isEqualTo(wrong.body());
            assertThat(other.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
        });
        // a busy machine can slow down one of them; a real difference is there each time
        await().atMost(Duration.ofSeconds(60)).untilAsserted(this::unknownAndErasedUsersCostAsMuchAsKnownOnes);
    }

    private void unknownAndErasedUsersCostAsMuchAsKnownOnes() {
        Guest leaver = Guest.of(system);
        leaver.client().delete("user/").expect(200);
        long known = quickest(Guest.of(system).person().email());
        assertThat(quickest(Person.next().email())).isBetween(known / 3, known * 3);
        assertThat(quickest(leaver.person().email())).isBetween(known / 3, known * 3);
    }

    /** The quickest of as many as are allowed in a minute says what a refusal costs, however busy the machine is. */
    private long quickest(String email) {
        return LongStream.range(0, 3)
                .map(i -> {
                    long start = System.nanoTime();
                    signIn("email", email, "not the password").expect(401);
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }

    @Test
    @Says("Each sign-in opens a session.")
    void opensASessionEachTime() {
        assertThat(sessions()).isEqualTo(1);
        stranger.signIn(guest.person());
        assertThat(sessions()).isEqualTo(2);
    }

    private int sessions() {
        return guest.client().get("auth/sessions/").expect(200).json().size();
    }

    @Test
    @Says("A refresh token is good once: the answer brings the next one.")
    @Says("Within 10 seconds of the last answer it is the same next token.")
    void rotates() {
        Tokens first = guest.tokens();
        Tokens second = refresh(first);
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(refresh(first).refresh()).isEqualTo(second.refresh());
        assertThat(refresh(first).refresh()).isEqualTo(second.refresh());
        Tokens third = refresh(second);
        assertThat(third.refresh()).isNotIn(first.refresh(), second.refresh());
        stranger.post("auth/token/refresh", first.refreshing()).expect(401);
    }

    @Test
    @Says(
            "If the answer was lost, repeat the request: as long as the next token is unused, you get a next token again.")
    @Says("Later it is another one, and the one before it is void.")
    void repeatsALostAnswer() {
        Tokens first = guest.tokens();
        Tokens lost = refresh(first);
        pass("11 seconds");
        Tokens second = refresh(first);
        assertThat(second.refresh()).isNotEqualTo(lost.refresh());
        Tokens third = refresh(second);
        stranger.with("Bearer", third.access()).patch("user/", "{}").expect(200);
        assertThat(refused(lost)).isEqualTo("bad-refresh");
    }

    @Test
    @Says(
            "`users.token.refresh-grace` limits how long after the last answer a repeat is accepted, 24 hours by default.")
    void repeatsAnAnswerForADay() {
        Tokens first = guest.tokens();
        refresh(first);
        pass("23 hours 59 minutes");
        refresh(first);
        pass("24 hours 1 minute");
        assertThat(refused(first)).isEqualTo("bad-refresh");
    }

    @Test
    @Says("A used, void or too old token ends the session, because it may have been stolen.")
    void endsTheSessionOfATokenThatMayBeStolen() {
        Tokens used = guest.tokens();
        Tokens usedLast = refresh(refresh(used));
        assertEnds(used, usedLast);

        Tokens first = guest.tokens();
        Tokens isVoid = refresh(first);
        pass("11 seconds");
        Tokens voidLast = refresh(first);
        assertEnds(isVoid, voidLast);

        Tokens old = guest.tokens();
        Tokens oldLast = refresh(old);
        pass("25 hours");
        assertEnds(old, oldLast);
        guest.profile();
    }

    private void assertEnds(Tokens stolen, Tokens last) {
        assertThat(refused(stolen)).isEqualTo("bad-refresh");
        assertThat(refused(last)).isEqualTo("bad-refresh");
        stranger.with("Bearer", last.access()).patch("user/", "{}").expect(401);
    }

    private void pass(String time) {
        store.moveSessions(guest.client().id(), "rotated_at", time);
    }

    @Test
    @Says("A refresh token that is unknown, used, expired or revoked is a 401.")
    @Says("A session lasts 30 days.")
    @Says("It ends earlier when it was not refreshed for 7 days.")
    void refusesWhatIsNoLongerGood() {
        long id = guest.client().id();
        Tokens unused = guest.tokens();
        store.moveSessions(id, "rotated_at", "6 days 23 hours");
        Tokens used = refresh(unused);
        store.moveSessions(id, "expires_at", "29 days 23 hours");
        Tokens old = refresh(used);
        store.moveSessions(id, "expires_at", "1 hour");
        assertThat(refused(old)).isEqualTo("bad-refresh");

        Tokens idle = guest.tokens();
        store.moveSessions(id, "rotated_at", "7 days 1 hour");
        assertThat(refused(idle)).isEqualTo("bad-refresh");

        Tokens revoked = guest.tokens();
        stranger.with("Bearer", revoked.access()).post("auth/token/revoke").expect(200);
        assertThat(refused(revoked)).isEqualTo("bad-refresh");
        assertThat(refused(new Tokens("unknown", ""))).isEqualTo("bad-refresh");
        assertThat(refused(new Tokens(revoked.access(), ""))).isEqualTo("bad-refresh");
    }

    @Test
    @Says("Send it as `Authorization: Bearer <access>` or as `Authorization: Token <access>`.")
    @Says("The scheme may be written in any case.")
    void takesTheTokenUnderBothSchemes() {
        String access = guest.tokens().access();
        for (String scheme : List.of("Bearer", "Token", "bearer", "TOKEN", "bEaReR", "token")) {
            stranger.with(scheme, access).get("user/").expect(200);
            stranger.with(scheme, access).patch("user/", "{}").expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer a.b.c",
                "Token %sx",
                "Bearer %s %s",
                "Basic dTpw",
                "%s",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "ended"
            })
    @Says(
            "Without a token, or with one that is malformed, forged, expired or of an ended session, the answer is a 401 with"
                    + " `WWW-Authenticate`.")
    void refusesWhoShowsNoGoodToken(String authorization) {
        Tokens tokens = guest.tokens();
        if (authorization.equals("ended")) {
            stranger.with("Bearer", tokens.access()).post("auth/token/revoke").expect(200);
        }
        String sent = authorization.equals("ended")
                ? "Bearer " + tokens.access()
                : authorization.formatted(tokens.access(), tokens.access());
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            Call call = new Call(stranger, method, "user/");
            call = method.equals("PATCH") ? call.json("{}") : call;
            Answer answer = (sent.isEmpty() ? call : call.with("Authorization", sent)).send();
            assertThat(answer.expect(401).header("WWW-Authenticate")).startsWith("Bearer realm=\"users\"");
        }
    }

    @Test
    @Says("A refresh token is no access token.")
    void takesNoRefreshTokenForAccess() {
        stranger.with("Bearer", guest.tokens().refresh()).get("user/").expect(401);
    }

    @Test
    @Says("Calls that need no token ignore the header.")
    void ignoresTheHeaderWhereNoTokenIsNeeded() {
        Client careless = stranger.with("Bearer", "nonsense");
        careless.post("auth/token/", guest.person().credentials()).expect(200);
        careless.register(Person.next()).expect(201);
        careless.get("auth/jwks").expect(200);
    }

    @Test
    @Says("Access tokens are JWTs, signed with a key that `GET /users/auth/jwks` shows, and hold no personal data.")
    void signsAccessTokensWithAKeyThatIsShown() {
        AccessToken token = AccessToken.of(guest.tokens().access());
        JsonNode keys = stranger.get("auth/jwks").expect(200).json().get("keys");
        assertThat(token.isSignedWithOneOf(keys)).isTrue();
        assertThat(keys.toString()).doesNotContain("\"d\"");
        assertThat(token.claims().get("sub").stringValue())
                .isEqualTo(Long.toString(guest.client().id()));
        assertThat(token.claims().toString())
                .doesNotContain(
                        guest.person().email(),
                        guest.person().number(),
                        guest.person().surname());
    }

    private Answer signIn(String by, String identifier, String password) {
        return stranger.post("auth/token/", "{\"%s\":\"%s\",\"password\":\"%s\"}".formatted(by, identifier, password));
    }

    private Tokens refresh(Tokens tokens) {
        return Tokens.of(stranger.post("auth/token/refresh", tokens.refreshing()));
    }

    private String refused(Tokens tokens) {
        return stranger.post("auth/token/refresh", tokens.refreshing())
                .expect(401)
                .problem();
    }
}
