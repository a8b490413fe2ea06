package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.Topics;
import app.users.testservers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Security line 26: whoever watches over the service hears of every sign-in, refusal and revoked session, and of no secret. */
class SecurityEventsIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aSignInIsTold() throws Exception {
        String access = register(person());
        ConsumerRecord<String, String> told =
                told(claim(access, "sub").asString(), "user.signed-in.v1", 1).getFirst();
        assertThat(told.key()).isEqualTo(claim(access, "sub").asString());
        assertThat(header(told, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(told, "ce_subject")).isEqualTo(claim(access, "sub").asString());
        JsonNode event = json.readTree(told.value());
        assertThat(event.get("user").asString()).isEqualTo(claim(access, "sub").asString());
        assertThat(event.get("session").asString())
                .isEqualTo(claim(access, "sid").asString());
    }

    @Test
    void whereFromCanBeReadOnlyAsLongAsTheUserIsThere() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        String value = told(user, "user.signed-in.v1", 1).getFirst().value();
        assertThat(value).doesNotContain("127.0.0.1").doesNotContain("Java-http-client");
        assertThat(json.readTree(value).get("client").asString()).isNotBlank();
        assertThat(outbox()).doesNotContain("127.0.0.1");
    }

    @Test
    void refusedSignInsOfAMinuteAreOneEvent() throws Exception {
        Person person = person();
        String user = claim(register(person), "sub").asString();
        for (int i = 0; i < 3; i++) {
            assertThat(signIn(person.email(), "wrong password " + i)).isEqualTo(401);
        }
        theMinuteIsOver();
        JsonNode event = counted(user, 3);
        assertThat(event.get("reason").asString()).isEqualTo("credentials");
        assertThat(event.get("user").asString()).isEqualTo(user);
        assertThat(event.get("client").asString()).isNotBlank();
    }

    @Test
    void anIdentifierOfNobodyIsToldByItsHash() throws Exception {
        String email = person().email();
        Set<String> before = identifiersOfNobody();
        assertThat(signIn(email, "any password")).isEqualTo(401);
        Set<String> since = identifiersOfNobody();
        since.removeAll(before);
        String identifier = since.iterator().next();
        theMinuteIsOver();
        JsonNode event = counted(identifier, 1);
        assertThat(event.has("user")).isFalse();
        assertThat(event.has("client")).isFalse();
        assertThat(event.toString()).doesNotContain(email);
    }

    @Test
    void throttledSignInsAreToldApart() throws Exception {
        Person person = person();
        String user = claim(register(person), "sub").asString();
        int throttled = 0;
        for (int i = 0; i < 8; i++) {
            throttled += signIn(person.email(), "wrong password " + i) == 429 ? 1 : 0;
        }
        assertThat(throttled).isPositive();
        theMinuteIsOver();
        List<ConsumerRecord<String, String>> refusals = told(user, "user.sign-in-refused.v1", 2);
        assertThat(refusals)
                .extracting(r -> json.readTree(r.value()).get("reason").asString())
                .contains("credentials", "throttled");
    }

    @Test
    void refusedCodesOfResetsAreTold() throws Exception {
        Person person = person();
        String user = claim(register(person), "sub").asString();
        for (int i = 0; i < 3; i++) {
            String body = "{\"email\":\"%s\",\"code\":\"000000\",\"password\":\"another pass 1\"}";
            assertThat(post("auth/password/reset/", body.formatted(person.email()), "")
                            .statusCode())
                    .isEqualTo(400);
        }
        theMinuteIsOver();
        JsonNode event = json.readTree(
                told(user, "user.password-reset-refused.v1", 1).getFirst().value());
        assertThat(event.get("user").asString()).isEqualTo(user);
        assertThat(event.get("count").asInt()).isBetween(1, 3);
    }

    @Test
    void aSpentRefreshTokenThatComesBackIsTold() throws Exception {
        Person person = person();
        String user = claim(register(person), "sub").asString();
        JsonNode tokens = tokens(person);
        String first = tokens.get("refresh").asString();
        String second = refresh(first).get("refresh").asString();
        refresh(second);
        assertThat(post("auth/token/refresh", "{\"refresh\":\"" + first + "\"}", "")
                        .statusCode())
                .isEqualTo(401);
        JsonNode event =
                json.readTree(told(user, "user.refresh-reused.v1", 1).getFirst().value());
        assertThat(event.get("session").asString())
                .isEqualTo(claim(tokens.get("access").asString(), "sid").asString());
    }

    @Test
    void revokedSessionsAreTold() throws Exception {
        Person person = person();
        String access = register(person);
        String user = claim(access, "sub").asString();
        assertThat(post("auth/token/revoke", "", access).statusCode()).isEqualTo(200);
        String other = tokens(person).get("access").asString();
        assertThat(send("PATCH", "user/", "{\"password\":\"another password\"}", other)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("auth/token/revoke-all", "", other).statusCode()).isEqualTo(200);

        List<JsonNode> events = told(user, "user.sessions-revoked.v1", 3).stream()
                .map(r -> json.readTree(r.value()))
                .toList();
        assertThat(events.get(0).get("session").asString())
                .isEqualTo(claim(access, "sid").asString());
        assertThat(events.get(1).get("keeps").asString())
                .isEqualTo(claim(other, "sid").asString());
        assertThat(events.get(2).propertyNames()).containsExactly("user");
    }

    @Test
    void noPasswordTokenOrAddressIsInAnyRecord() throws Exception {
        Person person = person();
        String user = claim(register(person), "sub").asString();
        JsonNode tokens = tokens(person);
        signIn(person.email(), "a wrong password");
        refresh(tokens.get("refresh").asString());
        told(user, "user.signed-in.v1", 2);
        assertThat(all())
                .extracting(ConsumerRecord::value)
                .noneMatch(value -> value.contains("user1user1")
                        || value.contains("a wrong password")
                        || value.contains(tokens.get("access").asString())
                        || value.contains(tokens.get("refresh").asString())
                        || value.contains("@it.example")
                        || value.contains("127.0.0.1"));
    }

    @Test
    void theTopicKeepsNinetyDays() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.SECURITY);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
            var config = java.util.Objects.requireNonNull(
                    admin.describeConfigs(List.of(topic)).all().get().get(topic));
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.get("retention.ms").value())
                    .isEqualTo(Long.toString(Duration.ofDays(90).toMillis()));
        }
    }

    private Set<String> identifiersOfNobody() {
        return new HashSet<>(jdbc.queryForList(
                "select encode(identifier, 'hex') from refused_sign_in where user_id is null", String.class));
    }

    private int signIn(String email, String password) throws Exception {
        return post("auth/token/", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}", "")
                .statusCode();
    }

    /** What is counted stays where it is until its minute is over; a test does not wait for that. */
    private void theMinuteIsOver() {
        jdbc.update("update refused_sign_in set minute = minute - interval '10 minutes'");
    }

    private JsonNode counted(String subject, int count) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> told(subject, "user.sign-in-refused.v1", 1).stream()
                                .mapToLong(r ->
                                        json.readTree(r.value()).get("count").asLong())
                                .sum()
                        == count);
        return json.readTree(
                told(subject, "user.sign-in-refused.v1", 1).getFirst().value());
    }

    private List<ConsumerRecord<String, String>> told(String subject, String type, int atLeast) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            found.clear();
            all().stream()
                    .filter(r -> r.key().equals(subject) && header(r, "ce_type").equals(type))
                    .forEach(found::add);
            return found.size() >= atLeast;
        });
        return found;
    }

    private List<ConsumerRecord<String, String>> all() {
        return allRecords(Topics.SECURITY);
    }

    private String outbox() {
        return String.join("\n", jdbc.queryForList("select e::text from security_event e", String.class));
    }
}
