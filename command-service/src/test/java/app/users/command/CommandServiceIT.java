package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.ConfirmationCode.Purpose;
import app.users.events.EventHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tools.jackson.databind.JsonNode;

/** What the write side does with real servers below it. */
class CommandServiceIT extends RunningCommandService {

    @Test
    void oneOfThirtyTwoRivalsGetsTheEmail() throws Exception {
        Person wanted = person();
        List<Integer> statuses = atOnce(
                32,
                i -> () -> post("auth/registration/", person(wanted.email()).body(), "")
                        .statusCode());
        assertThat(statuses).filteredOn(s -> s == 201).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 409).hasSize(31);
    }

    @Test
    void sixtyFourChangesOfOneUserAreAllKept() throws Exception {
        Person person = person();
        String access = register(person);
        List<Integer> statuses = atOnce(
                64,
                i -> () -> send("PATCH", "user/", "{\"surname\":\"S" + i + "\"}", access)
                        .statusCode());
        assertThat(statuses).hasSize(64).allMatch(s -> s == 200);
        assertThat(types(access)).filteredOn("user.profile-changed.v1"::equals).hasSize(64);
        assertThat(sequences(access))
                .isEqualTo(IntStream.range(0, 65).mapToObj(Long::valueOf).toList());
    }

    @Test
    void eventsHoldNothingPersonalInClear() throws Exception {
        Person person = person();
        String access = register(person);
        send("PATCH", "user/", "{\"address\":\"Elm Street\"}", access);
        List<String> rows = jdbc.queryForList("select payload::text from domain_event_entry", String.class);
        assertThat(rows)
                .noneMatch(r -> r.contains(person.email()) || r.contains(person.number()) || r.contains("Elm Street"));
    }

    @Test
    void eventsTellWhoAskedForThemAndInWhichRequest() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        HttpResponse<String> answer = send("PATCH", "user/", "{\"name\":\"N2\"}", access);
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> records(user).size() == 2);
        var registered = records(user).getFirst();
        assertThat(header(registered, "ce_actor")).isEqualTo(user);
        assertThat(header(registered, "ce_channel")).isEqualTo("rest");
        assertThat(header(registered, "ce_requestid")).hasSize(36);
        var changed = records(user).getLast();
        assertThat(header(changed, "ce_actor")).isEqualTo(user);
        assertThat(header(changed, "ce_requestid")).isEqualTo(id).hasSize(36);
        assertThat(header(changed, "ce_traceparent"))
                .matches("00-" + id.replace("-", "") + "-[0-9a-f]{16}-00")
                .doesNotContain("0000000000000000");
    }

    @Test
    void rowsOfTheEventStoreAreImmutable() throws Exception {
        register(person());
        org.assertj.core.api.Assertions.assertThatExceptionOfType(org.springframework.dao.DataAccessException.class)
                .isThrownBy(() -> jdbc.update("delete from domain_event_entry"))
                .havingRootCause()
                .withMessageContaining("permission denied");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(org.springframework.dao.DataAccessException.class)
                .isThrownBy(() -> asOwner().update("delete from domain_event_entry"))
                .withMessageContaining("events are never changed");
    }

    @Test
    void everyEventReachesTheTopicInOrder() throws Exception {
        String access = register(person());
        send("PATCH", "user/", "{\"surname\":\"A\",\"number\":\"" + person().number() + "\"}", access);
        String id = claim(access, "sub").asString();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(records(id))
                        .extracting(r -> r.key() + " " + header(r, EventHeaders.TYPE))
                        .containsSubsequence(
                                id + "/1 user.registered.v1",
                                id + "/2 user.profile-changed.v1",
                                id + "/3 user.number-changed.v1"));
    }

    @Test
    void erasedEventsBecomeTombstones() throws Exception {
        Person person = person();
        String access = register(person);
        HttpResponse<String> erased = send("DELETE", "user/", "", access);
        assertThat(erased.statusCode()).isEqualTo(200);
        String id = claim(access, "sub").asString();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, Boolean> last = new HashMap<>();
            records(id).forEach(r -> last.put(r.key(), r.value() == null));
            assertThat(last).containsEntry(id + "/1", true).containsEntry(id + "/2", false);
        });
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(401);
        assertThat(post("auth/registration/", person.body(), "").statusCode()).isEqualTo(201);
        String receipt = erased.headers().firstValue("Location").orElseThrow();
        assertThat(get(receipt).statusCode()).isEqualTo(200);
    }

    @Test
    void anEntityTagGuardsAgainstAChangeInBetween() throws Exception {
        String access = register(person());
        assertThat(send("PATCH", "user/", "{\"surname\":\"A\"}", access, "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        post("verify-email/", "", access);
        assertThat(send("PATCH", "user/", "{\"surname\":\"B\"}", access, "\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(send("PATCH", "user/", "{\"surname\":\"B\"}", access, "\"2\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void housekeepingRollsEveryPartitionAndRepeatsTombstones() throws Exception {
        String access = register(person());
        send("DELETE", "user/", "", access);
        String id = claim(access, "sub").asString();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(records(id)).filteredOn(r -> r.value() == null).hasSizeGreaterThan(1);
            assertThat(records("_tick")).extracting(ConsumerRecord::partition).contains(0, 1, 2);
        });
    }

    @Test
    void aCodeConfirmsOnceAndWrongOnesRunOut() throws Exception {
        Person person = person();
        String access = register(person);
        assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        HttpResponse<String> again = post("verify-email/", "", access);
        assertThat(again.statusCode()).isEqualTo(429);
        assertThat(again.headers().firstValue("Retry-After")).isPresent();
        String code = code(access, person);
        String wrong = wrong(code);
        assertThat(post("accept-email/", "{\"code\":\"" + wrong + "\"}", access).statusCode())
                .isEqualTo(400);
        HttpResponse<String> accepted = post("accept-email/", "{\"code\":" + code + ",}", access);
        assertThat(accepted.body()).isEqualTo("{\"detail\":\"Successfully confirmed\"}");
        assertThat(post("accept-email/", "{\"code\":" + code + "}", access).statusCode())
                .isEqualTo(400);
        assertThat(types(access)).contains("user.email-confirmation-failed.v1", "user.email-confirmed.v1");
    }

    @Test
    void afterFiveWrongCodesTheRightOneIsDead() throws Exception {
        Person person = person();
        String access = register(person);
        post("verify-email/", "", access);
        String code = code(access, person);
        String wrong = wrong(code);
        for (int i = 0; i < 5; i++) {
            post("accept-email/", "{\"code\":\"" + wrong + "\"}", access);
        }
        assertThat(post("accept-email/", "{\"code\":\"" + code + "\"}", access).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRetriedRefreshGetsTheSameTokenAndALaterReuseEndsTheSession() throws Exception {
        Person person = person();
        String other = register(person);
        String first = tokens(person).get("refresh").asString();
        String second = refresh(first).get("refresh").asString();
        assertThat(refresh(first).get("refresh").asString()).isEqualTo(second);
        String third = refresh(second).get("refresh").asString();
        assertThat(post("auth/token/refresh", "{\"refresh\":\"" + first + "\"}", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("auth/token/refresh", "{\"refresh\":\"" + third + "\"}", "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() throws Exception {
        Person person = person();
        register(person);
        JsonNode other = tokens(person);
        String access = tokens(person).get("access").asString();
        assertThat(send("PATCH", "user/", "{\"password\":\"another-one-1\"}", access)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(
                                "auth/token/refresh",
                                "{\"refresh\":\"" + other.get("refresh").asString() + "\"}",
                                "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("PATCH", "user/", "{}", other.get("access").asString()).statusCode())
                .isEqualTo(401);
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(200);
    }

    @Test
    void aHashOfEarlierParametersIsMadeAnewAtSignIn() throws Exception {
        Person person = person();
        long id = Long.parseLong(claim(register(person), "sub").asString());
        String outdated = new Argon2PasswordEncoder(16, 32, 1, 1024, 2).encode("user1user1");
        jdbc.update("update credential set password_hash = ? where user_id = ?", outdated, id);

        tokens(person);
        assertThat(jdbc.queryForObject("select password_hash from credential where user_id = ?", String.class, id))
                .startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(tokens(person).get("access").asString()).isNotEmpty();
    }

    @Test
    void everySessionIsListedWithWhatIsKnownOfItsClientAndNothingOfItInClear() throws Exception {
        Person person = person();
        String access = register(person);
        String other = tokens(person).get("access").asString();

        JsonNode sessions =
                json.readTree(send("GET", "auth/sessions/", "", access).body());
        assertThat(sessions).hasSize(2);
        assertThat(sessions.findValuesAsString("current")).containsExactlyInAnyOrder("true", "false");
        assertThat(sessions.findValuesAsString("address")).containsOnly("127.0.0.1");
        assertThat(sessions.findValuesAsString("client")).allMatch(c -> c.startsWith("Java-http-client/"));
        assertThat(sessions.findValuesAsString("session"))
                .contains(claim(access, "sid").asString(), claim(other, "sid").asString());
        byte[] stored = jdbc.queryForObject(
                "select client from session where id = ?::uuid",
                byte[].class,
                claim(access, "sid").asString());
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("127.0.0.1");
    }

    @Test
    void whyASessionEndedIsTold() throws Exception {
        Person person = person();
        String access = register(person);
        String other = tokens(person).get("access").asString();
        post("auth/token/revoke", "{\"session\":\"" + claim(other, "sid").asString() + "\"}", access);
        String spent = tokens(person).get("refresh").asString();
        refresh(refresh(spent).get("refresh").asString());
        post("auth/token/refresh", "{\"refresh\":\"" + spent + "\"}", "");
        post("auth/token/revoke", "", access);
        List<String> reasons = jdbc.queryForList(
                "select payload->>'reason' from domain_event_entry where aggregate_identifier = ?"
                        + " and payload_type = 'user.session-ended.v2' order by sequence_number",
                String.class,
                claim(access, "sub").asString());
        assertThat(reasons).containsExactly("revoked", "reused", "signed-out");
    }

    @Test
    void aRevokedSessionEndsAtOnceAndTheOthersStay() throws Exception {
        Person person = person();
        String access = register(person);
        JsonNode other = tokens(person);
        String otherAccess = other.get("access").asString();

        String named = "{\"session\":\"" + claim(otherAccess, "sid").asString() + "\"}";
        assertThat(post("auth/token/revoke", named, access).statusCode()).isEqualTo(200);
        assertThat(send("PATCH", "user/", "{}", otherAccess).statusCode()).isEqualTo(401);
        assertThat(post(
                                "auth/token/refresh",
                                "{\"refresh\":\"" + other.get("refresh").asString() + "\"}",
                                "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("auth/token/revoke", named, access).statusCode()).isEqualTo(404);

        assertThat(post("auth/token/revoke", "", access).statusCode()).isEqualTo(200);
        assertThat(send("GET", "auth/sessions/", "", access).statusCode()).isEqualTo(401);
        assertThat(types(access)).endsWith("user.session-ended.v2", "user.session-ended.v2");
    }

    @Test
    void aStrangersSessionCannotBeRevoked() throws Exception {
        String victim = register(person());
        String access = register(person());

        assertThat(post(
                                "auth/token/revoke",
                                "{\"session\":\"" + claim(victim, "sid").asString() + "\"}",
                                access)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("auth/token/revoke", "{\"session\":\"x\"}", access).statusCode())
                .isEqualTo(400);
        assertThat(send("PATCH", "user/", "{}", victim).statusCode()).isEqualTo(200);
    }

    @Test
    void allSessionsEndTogetherAndTheNextSignInIsOfANewEpoch() throws Exception {
        Person person = person();
        String access = register(person);
        String other = tokens(person).get("access").asString();

        assertThat(post("auth/token/revoke-all", "", access).statusCode()).isEqualTo(200);
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(401);
        assertThat(send("PATCH", "user/", "{}", other).statusCode()).isEqualTo(401);
        assertThat(types(access)).endsWith("user.sessions-ended.v1");
        assertThat(claim(tokens(person).get("access").asString(), "epoch").asLong())
                .isEqualTo(claim(access, "epoch").asLong() + 1);
    }

    @Test
    void aSessionThatWasNotUsedForAWeekIsOver() throws Exception {
        Person person = person();
        String access = register(person);
        JsonNode tokens = tokens(person);
        String sid = claim(tokens.get("access").asString(), "sid").asString();
        jdbc.update("update session set rotated_at = rotated_at - interval '7 days 1 minute' where id = ?::uuid", sid);

        assertThat(post(
                                "auth/token/refresh",
                                "{\"refresh\":\"" + tokens.get("refresh").asString() + "\"}",
                                "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "auth/sessions/", "", access).body()).doesNotContain(sid);
    }

    @Test
    void namesEveryBadFieldAtOnceAndChangesNothing() throws Exception {
        HttpResponse<String> refused = post("auth/registration/", "{\"name\":5,\"email\":\"x\",\"shoe\":1}", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        List<String> fields = new ArrayList<>();
        json.readTree(refused.body())
                .get("errors")
                .forEach(e -> fields.add(e.get("field").asString()));
        assertThat(fields).containsExactlyInAnyOrder("surname", "name", "email", "number", "password", "shoe");
    }

    @Test
    void eachFieldOfAPatchStandsAlone() throws Exception {
        Person taken = person();
        register(taken);
        String access = register(person());
        HttpResponse<String> mixed =
                send("PATCH", "user/", "{\"surname\":\"New\",\"email\":\"" + taken.email() + "\",\"id\":7}", access);
        assertThat(mixed.statusCode()).isEqualTo(200);
        JsonNode answer = json.readTree(mixed.body());
        assertThat(answer.get("success").get("Surname").asString()).isEqualTo("Surname successfully changed");
        assertThat(answer.get("error").propertyNames()).containsExactlyInAnyOrder("Email", "Id");
    }

    @Test
    void whoIsNotLetInLearnsNothing() throws Exception {
        Person person = person();
        register(person);
        HttpResponse<String> wrong =
                post("auth/token/", "{\"email\":\"" + person.email() + "\",\"password\":\"wrong-one\"}", "");
        HttpResponse<String> unknown =
                post("auth/token/", "{\"email\":\"nobody@x.io\",\"password\":\"wrong-one\"}", "");
        assertThat(wrong.statusCode()).isEqualTo(401).isEqualTo(unknown.statusCode());
        assertThat(wrong.body()).isEqualTo(unknown.body());
    }

    @Test
    void ofFortyConfirmationsAtOnceExactlyOneSucceeds() throws Exception {
        Person person = person();
        String access = register(person);
        post("verify-number/", "", access);
        String accept = "{\"code\":\"" + numberCode(access, person) + "\"}";
        List<Integer> statuses =
                atOnce(40, i -> () -> post("accept-number/", accept, access).statusCode());
        assertThat(statuses).filteredOn(s -> s == 200).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 400).hasSize(39);
        assertThat(types(access)).filteredOn("user.number-confirmed.v1"::equals).hasSize(1);
    }

    @Test
    void ofFortyWrongTriesAtOnceOnlyFiveAreLookedAt() throws Exception {
        Person person = person();
        String access = register(person);
        post("verify-number/", "", access);
        String accept = "{\"code\":\"" + wrong(numberCode(access, person)) + "\"}";
        List<String> refusals = atOnce(40, i -> () -> type(post("accept-number/", accept, access)));
        assertThat(refusals).filteredOn("wrong-code"::equals).hasSize(5);
        assertThat(refusals).filteredOn("no-code"::equals).hasSize(35);
        assertThat(types(access))
                .filteredOn("user.number-confirmation-failed.v1"::equals)
                .hasSize(5);
    }

    @Test
    void ofManyRequestsAtOnceOneIsMailed() throws Exception {
        String access = register(person());
        List<Integer> statuses =
                atOnce(20, i -> () -> post("verify-email/", "", access).statusCode());
        assertThat(statuses).filteredOn(s -> s == 200).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 429).hasSize(19);
        assertThat(types(access))
                .filteredOn("user.email-confirmation-requested.v1"::equals)
                .hasSize(1);
    }

    /** Security line 39: they register and change as before. */
    @Test
    void aNumberThatCostsMoreIsAcceptedAndGetsNoCode() throws Exception {
        String premium = "+499001" + person().number().substring(6);
        Person person = new Person(person().email(), premium);
        String access = register(person);
        HttpResponse<String> refused = post("verify-number/", "", access);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(type(refused)).isEqualTo("no-text-messages");
        String satellite = "+881612" + person().number().substring(6);
        assertThat(send("PATCH", "user/", "{\"number\":\"" + satellite + "\"}", access)
                        .statusCode())
                .isEqualTo(200);
        assertThat(type(post("verify-number/", "", access))).isEqualTo("no-text-messages");
        assertThat(types(access)).containsExactly("user.registered.v1", "user.number-changed.v1");
    }

    @Test
    void registeringAloneSendsNoMail() throws Exception {
        assertThat(types(register(person()))).containsExactly("user.registered.v1");
    }

    @Test
    void neitherLeavingNorAnotherAddressResetsTheCounts() throws Exception {
        Person person = person();
        String access = register(person);
        assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        send("PATCH", "user/", "{\"email\":\"" + person().email() + "\"}", access);
        HttpResponse<String> sameUser = post("verify-email/", "", access);
        assertThat(type(sameUser)).isEqualTo("too-soon");
        assertThat(Integer.parseInt(sameUser.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);

        send("DELETE", "user/", "", access);
        HttpResponse<String> sameAddress = post("verify-email/", "", register(person));
        assertThat(type(sameAddress)).isEqualTo("too-soon");
    }

    @Test
    void aChangeIsToldToTheConfirmedAddressBeforeItInTheLanguageOfTheRequest() throws Exception {
        Person person = person();
        Person changed = person();
        String access = register(person);
        confirmEmail(access, person);
        send(
                "PATCH",
                "user/",
                "{\"email\":\"%s\",\"number\":\"%s\"}".formatted(changed.email(), changed.number()),
                access);
        assertThat(types(access))
                .endsWith("user.email-changed.v1", "user.number-changed.v1", "user.notice-requested.v1");
        String id = claim(access, "sub").asString();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(records(id))
                        .filteredOn(r -> r.key().equals(id + "/6"))
                        .singleElement()
                        .satisfies(r -> {
                            JsonNode notice = json.readTree(r.value());
                            assertThat((Object) notice.get("changed"))
                                    .isEqualTo(json.readTree("[\"email\",\"number\"]"));
                            assertThat(notice.get("email").asString()).isEqualTo(person.email());
                            assertThat(notice.get("language").asString()).isEqualTo("en");
                            assertThat(notice.has("undo")).isTrue();
                        }));
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private String type(HttpResponse<String> problem) {
        return json.readTree(problem.body()).get("type").asString().replace("urn:users:problem:", "");
    }

    private String code(String access, Person person) {
        return code(access, "user.email-confirmation-requested.v1", Purpose.EMAIL, person.email());
    }

    private String numberCode(String access, Person person) {
        return code(access, "user.number-confirmation-requested.v1", Purpose.NUMBER, person.number());
    }
}
