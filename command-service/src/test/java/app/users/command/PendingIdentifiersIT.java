package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.command.keys.UserKeys;
import app.users.events.ConfirmationCode.Purpose;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Security line 42: a stranger registers with somebody else's email or number, and the owner comes later. */
@SuppressWarnings("NullAway.Init") // set before each test
class PendingIdentifiersIT extends RunningCommandService {

    private static final String REQUESTED = "user.email-confirmation-requested.v1";

    private final Person owner = person();
    private final Person squatter = person(owner.email());
    private String squatting;

    @Autowired
    private UserKeys keys;

    @BeforeEach
    void theStrangerRegistersFirst() throws Exception {
        squatting = register(squatter);
    }

    @Test
    void forADayAnUnconfirmedEmailIsTaken() throws Exception {
        assertThat(tryToRegister(owner).statusCode()).isEqualTo(409);
        String other = register(person());
        assertThat(changeEmail(other, owner.email()).statusCode()).isEqualTo(400);
    }

    @Test
    void afterADayTheOwnerRegistersAndGetsItWithACode() throws Exception {
        aDayPasses(squatting);
        assertThat(tryToRegister(owner).statusCode()).isEqualTo(201);
        String owning = signInByNumber(owner);
        assertThat(subject(tokens(squatter).get("access").asString()))
                .as("until then the email signs the stranger in")
                .isEqualTo(subject(squatting));

        confirmEmail(owning, owner);
        assertThat(subject(tokens(owner).get("access").asString())).isEqualTo(subject(owning));
        assertThat(subject(signInByNumber(squatter)))
                .as("the stranger keeps the account")
                .isEqualTo(subject(squatting));
        assertThat(types(squatting)).containsExactly("user.registered.v1", "user.email-lost.v1");
        assertThat(types(owning)).endsWith(REQUESTED, "user.email-confirmed.v1");
        assertThat(pending(owning)).isEqualTo("email");
    }

    /** The owner caused the loser's event: what the owner's client called the request goes with the owner. */
    @Test
    void theClientsIdsOnTheLossAreUnderTheOwnersKey() throws Exception {
        aDayPasses(squatting);
        String owning = registerPending(owner);
        String body = "{\"code\":\"" + codeForEmail(owning) + "\"}";
        assertThat(send("POST", "accept-email/", body, owning, "*", "X-Request-Id", "own-1")
                        .statusCode())
                .isEqualTo(200);
        byte[] sealed = Base64.getDecoder()
                .decode(String.valueOf(jdbc.queryForObject(
                        "select meta_data->>'client' from domain_event_entry where aggregate_identifier = ?"
                                + " and payload_type = 'user.email-lost.v1'",
                        String.class,
                        subject(squatting))));
        assertThat(keys.open(Long.parseLong(subject(owning)), "client", sealed))
                .hasValueSatisfying(ids ->
                        assertThat(new String(ids, StandardCharsets.UTF_8)).contains("own-1"));
    }

    @Test
    void afterADayAUserChangesToItAndGetsItWithACode() throws Exception {
        aDayPasses(squatting);
        String owning = register(person());
        assertThat(changeEmail(owning, owner.email()).statusCode()).isEqualTo(200);
        confirmEmail(owning, owner);
        assertThat(subject(tokens(owner).get("access").asString())).isEqualTo(subject(owning));
        assertThat(types(squatting)).endsWith("user.email-lost.v1");
    }

    @Test
    void aNumberIsLostInTheSameWayAndANoticeTellsOfIt() throws Exception {
        confirmEmail(squatting, squatter);
        aDayPasses(squatting);
        Person called = new Person(person().email(), squatter.number());
        assertThat(tryToRegister(called).statusCode()).isEqualTo(201);
        String calling = tokens(called).get("access").asString();
        assertThat(post("verify-number/", "", calling).statusCode()).isEqualTo(200);
        assertThat(accept("number", calling, numberCode(calling, called)).statusCode())
                .isEqualTo(200);
        assertThat(subject(signInByNumber(called))).isEqualTo(subject(calling));
        assertThat(types(squatting)).endsWith("user.number-lost.v1", "user.notice-requested.v1");
    }

    /** Else a stranger could keep it for ever by giving it up and taking it again. */
    @Test
    void takingItAgainRenewsNothing() throws Exception {
        aDayPasses(squatting);
        assertThat(changeEmail(squatting, person().email()).statusCode()).isEqualTo(200);
        assertThat(changeEmail(squatting, owner.email()).statusCode()).isEqualTo(200);
        confirmEmail(registerPending(owner), owner);

        Person next = person();
        String registered = register(next);
        aDayPasses(registered);
        assertThat(send("DELETE", "user/", "", registered).statusCode()).isEqualTo(200);
        register(person(next.email()));
        assertThat(tryToRegister(person(next.email())).statusCode()).isEqualTo(201);
    }

    @Test
    void aCodeAlsoWinsOverWhoeverTookItInTheMeantime() throws Exception {
        aDayPasses(squatting);
        String owning = registerPending(owner);
        String code = codeForEmail(owning);
        assertThat(changeEmail(squatting, person().email()).statusCode()).isEqualTo(200);
        String other = register(person(owner.email()));
        jdbc.update("update claim set unconfirmed_since = now() where user_id = ?", Long.parseLong(subject(other)));
        assertThat(accept("email", owning, code).statusCode()).isEqualTo(200);
        assertThat(types(other)).endsWith("user.email-lost.v1");
    }

    /** Else the former user's reset code and notices would go to the new owner of the email. */
    @Test
    void aFormerEmailThatAnotherUserConfirmedResetsNothing() throws Exception {
        confirmEmail(squatting, squatter);
        Person moved = new Person(person().email(), squatter.number());
        assertThat(changeEmail(squatting, moved.email()).statusCode()).isEqualTo(200);
        jdbc.update(
                "update claim set held_until = now() where user_id = ? and held_until is not null",
                Long.parseLong(subject(squatting)));
        String owning = register(owner);
        jdbc.update("delete from tally");
        confirmEmail(owning, owner);
        int before = types(squatting).size();
        String forgot = "{\"email\":\"" + moved.email() + "\"}";
        assertThat(post("auth/password/forgot/", forgot, "").statusCode()).isEqualTo(200);
        Person other = person();
        assertThat(send("PATCH", "user/", "{\"number\":\"" + other.number() + "\"}", squatting)
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        jdbc.queryForList("select id from forgotten_password").isEmpty());
        assertThat(types(squatting).subList(before, types(squatting).size())).containsExactly("user.number-changed.v1");
    }

    @Test
    void aConfirmedEmailIsNeverLost() throws Exception {
        aDayPasses(squatting);
        String early = registerPending(owner);
        assertThat(post("verify-email/", "", early).statusCode()).isEqualTo(200);
        String code = code(early, REQUESTED, Purpose.EMAIL, owner.email());
        confirmEmail(squatting, squatter);

        assertThat(accept("email", early, code).statusCode()).isEqualTo(409);
        assertThat(post("verify-email/", "", early).statusCode()).isEqualTo(409);
        assertThat(tryToRegister(person(owner.email())).statusCode()).isEqualTo(409);
        assertThat(types(squatting)).doesNotContain("user.email-lost.v1");
    }

    @Test
    void whoLostAnEmailGetsItBackByNoCode() throws Exception {
        aDayPasses(squatting);
        assertThat(post("verify-email/", "", squatting).statusCode()).isEqualTo(200);
        String code = code(squatting, REQUESTED, Purpose.EMAIL, squatter.email());
        confirmEmail(registerPending(owner), owner);
        assertThat(accept("email", squatting, code).statusCode()).isEqualTo(409);
        assertThat(post("verify-email/", "", squatting).statusCode()).isEqualTo(409);
    }

    /** Else nothing would be left to sign in with. */
    @Test
    void onlyOneOfEmailAndNumberCanBePending() throws Exception {
        Person other = person();
        aDayPasses(squatting);
        aDayPasses(register(other));
        String number = other.number();
        HttpResponse<String> neither = tryToRegister(new Person(owner.email(), number));
        assertThat(neither.statusCode()).isEqualTo(409);
        assertThat(json.readTree(neither.body()).get("errors").size()).isEqualTo(2);
        String owning = registerPending(owner);
        HttpResponse<String> refused = send("PATCH", "user/", "{\"number\":\"" + number + "\"}", owning);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("belongs to another user");
        String free = person().email();
        HttpResponse<String> both =
                send("PATCH", "user/", "{\"number\":\"" + number + "\",\"email\":\"" + free + "\"}", owning);
        assertThat(json.readTree(both.body()).get("success").size())
                .as("the new email is the user's own")
                .isEqualTo(2);
        assertThat(types(owning)).endsWith("user.email-changed.v1", "user.number-changed.v1");
        assertThat(changeEmail(owning, squatter.email()).statusCode()).isEqualTo(400);
    }

    @Test
    void ofManyWhoWaitForItTheFirstWithACodeGetsIt() throws Exception {
        aDayPasses(squatting);
        List<Person> rivals = List.of(owner, person(owner.email()), person(owner.email()), person(owner.email()));
        List<String> waiting = rivals.stream().map(this::registerPending).toList();
        List<String> codes = waiting.stream().map(this::codeForEmail).toList();
        List<Integer> answers = atOnce(
                rivals.size(),
                i -> () -> accept("email", waiting.get(i), codes.get(i)).statusCode());
        assertThat(answers)
                .containsOnly(200, 409)
                .filteredOn(status -> status == 200)
                .hasSize(1);
        assertThat(types(squatting)).filteredOn("user.email-lost.v1"::equals).hasSize(1);
    }

    /** Each of the two commands changes both users. */
    @Test
    void twoUsersWhoGetWhatTheOtherHadNeverBlockEachOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            Person first = person();
            Person second = person();
            String one = register(first);
            String two = register(second);
            aDayPasses(one);
            aDayPasses(two);
            // the first has the email of the second, the second the number of the first
            assertThat(changeEmail(one, second.email()).statusCode()).isEqualTo(200);
            jdbc.update("delete from tally");
            assertThat(send("PATCH", "user/", "{\"number\":\"" + first.number() + "\"}", two)
                            .statusCode())
                    .isEqualTo(200);
            String emailCode = codeForEmail(one, second.email());
            assertThat(post("verify-number/", "", two).statusCode()).isEqualTo(200);
            String numberCode = numberCode(two, first);
            List<Integer> answers = atOnce(
                    2,
                    n -> () -> (n == 0 ? accept("email", one, emailCode) : accept("number", two, numberCode))
                            .statusCode());
            assertThat(answers).containsOnly(200);
            assertThat(types(one)).contains("user.number-lost.v1", "user.email-confirmed.v1");
            assertThat(types(two)).contains("user.email-lost.v1", "user.number-confirmed.v1");
        }
    }

    /** They lock the same user and the same claim. */
    @Test
    void whatTheHolderDoesMeanwhileIsDoneToo() throws Exception {
        for (int i = 0; i < 5; i++) {
            Person holder = person();
            String holding = register(holder);
            aDayPasses(holding);
            String waiting = registerPending(person(holder.email()));
            String code = codeForEmail(waiting, holder.email());
            String surname = "{\"surname\":\"S" + i + "\"}";
            List<Integer> answers = atOnce(6, n -> () -> switch (n) {
                case 0 -> accept("email", waiting, code).statusCode();
                case 1, 2 -> accept("email", holding, "000000").statusCode();
                default -> send("PATCH", "user/", surname, holding).statusCode();
            });
            assertThat(answers.getFirst()).isEqualTo(200);
            assertThat(answers.subList(1, 3)).containsAnyOf(400, 409).doesNotContain(500, 503);
            assertThat(answers.subList(3, 6)).containsOnly(200);
        }
    }

    @Test
    void whatALeaverHadIsConfirmedWithoutALoser() throws Exception {
        aDayPasses(squatting);
        String owning = registerPending(owner);
        String code = codeForEmail(owning);
        assertThat(send("DELETE", "user/", "", squatting).statusCode()).isEqualTo(200);
        assertThat(accept("email", owning, code).statusCode()).isEqualTo(200);
        assertThat(types(squatting)).endsWith("user.erased.v1");
        assertThat(subject(tokens(owner).get("access").asString())).isEqualTo(subject(owning));
    }

    @Test
    void codesForWhoeverWaitsLeaveTheHolderItsOwn() throws Exception {
        aDayPasses(squatting);
        codeForEmail(registerPending(owner));
        assertThat(post("verify-email/", "", squatting).statusCode())
                .as("no cool-down from the other user's code")
                .isEqualTo(200);
    }

    private HttpResponse<String> tryToRegister(Person person) throws Exception {
        return post("auth/registration/", person.body(), "");
    }

    /** The email is pending, so the number signs in. */
    private String registerPending(Person person) {
        try {
            assertThat(tryToRegister(person).statusCode()).isEqualTo(201);
            return signInByNumber(person);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String signInByNumber(Person person) throws Exception {
        String body = "{\"number\":\"" + person.number() + "\",\"password\":\"user1user1\"}";
        JsonNode tokens = json.readTree(post("auth/token/", body, "").body());
        return tokens.get("access").asString();
    }

    private HttpResponse<String> changeEmail(String access, String email) throws Exception {
        return send("PATCH", "user/", "{\"email\":\"" + email + "\"}", access);
    }

    private HttpResponse<String> accept(String what, String access, String code) throws Exception {
        return post("accept-" + what + "/", "{\"code\":\"" + code + "\"}", access);
    }

    private String codeForEmail(String access) {
        return codeForEmail(access, owner.email());
    }

    private String codeForEmail(String access, String email) {
        try {
            // the cool-down is of the mailbox, whoever asks
            jdbc.update("delete from tally");
            assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return code(access, REQUESTED, Purpose.EMAIL, email);
    }

    private String numberCode(String access, Person person) {
        return code(access, "user.number-confirmation-requested.v1", Purpose.NUMBER, person.number());
    }

    private String subject(String access) {
        return claim(access, "sub").asString();
    }

    private String pending(String access) {
        return String.valueOf(jdbc.queryForObject(
                "select payload->>'pending' from domain_event_entry where aggregate_identifier = ? and sequence_number = 0",
                String.class,
                subject(access)));
    }

    private void aDayPasses(String access) {
        jdbc.update(
                "update claim set unconfirmed_since = unconfirmed_since - interval '24 hours' where user_id = ?",
                Long.parseLong(subject(access)));
    }
}
