package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.command.keys.UserKeys;
import app.users.events.EventHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A client can write personal data into the ids of its requests: they are told to nobody, and are gone with the user. */
class ClientIdsIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWN = "anna.smith-1970";
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACE = "00-" + TRACE_ID + "-b7ad6b7169203331-01";
    private static final String AGENT = "annas-client/1.0";

    @Autowired
    private UserKeys keys;

    private final Person person = person();

    @Test
    void theAnswerNamesTheRequestAsTheEventDoes() throws Exception {
        String access = register(person);
        String user = claim(access, "sub").asString();
        String answered = change(access).headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(answered).matches("[0-9a-f-]{36}");
        ConsumerRecord<String, String> record = awaitRecords(user, 2).getLast();
        assertThat(header(record, EventHeaders.REQUEST_ID)).isEqualTo(answered);
        assertThat(header(record, EventHeaders.TRACE_PARENT)).startsWith("00-" + answered.replace("-", "") + "-");
    }

    @Test
    void nothingOfTheClientIsOnTheTopic() throws Exception {
        String access = register(person);
        String user = claim(access, "sub").asString();
        change(access);
        assertThat(operate("replay", "{\"user\":\"" + user + "\"}").statusCode())
                .isEqualTo(200);
        assertThat(awaitRecords(user, 4))
                .allSatisfy(record -> assertThat(all(record))
                        .doesNotContain(OWN)
                        .doesNotContain(TRACE_ID)
                        .doesNotContain(AGENT)
                        .doesNotContain("127.0.0.1"));
    }

    @Test
    void theEventStoreHoldsThemOnlyAsLongAsTheUserIsThere() throws Exception {
        HttpResponse<String> registered =
                send("POST", "auth/registration/", person.body(), "", "*", "X-Request-Id", OWN, "traceparent", TRACE);
        assertThat(registered.statusCode()).isEqualTo(201);
        String access = tokens(person).get("access").asString();
        long user = claim(access, "sub").asLong();
        change(access);
        List<String> sealed =
                rows(user).stream().map(row -> row.get("client").asString()).toList();
        assertThat(sealed).hasSize(2);
        for (String one : sealed) {
            JsonNode opened = json.readTree(open(user, one).orElseThrow());
            assertThat(opened.get("requestid").asString()).isEqualTo(OWN);
            assertThat(opened.get("traceparent").asString()).isEqualTo(TRACE);
        }

        assertThat(send("DELETE", "user/", "", access, "*", "X-Request-Id", OWN, "traceparent", TRACE)
                        .statusCode())
                .isEqualTo(200);

        // the relay may have read the key just before, and the process may still have it in memory
        assertThat(keys.existing(List.of(user))).as("the stored key").isEmpty();
        for (String one : sealed) {
            assertThat(open(user, one)).as("after the erasure").isEmpty();
        }
        assertThat(rows(user))
                .hasSize(3)
                .allSatisfy(
                        row -> assertThat(row.toString()).doesNotContain(OWN).doesNotContain(TRACE_ID));
        assertThat(rows(user).getLast().has("client"))
                .as("of the erasure itself")
                .isFalse();
    }

    @Test
    void malformedOnesAreKeptNowhere() throws Exception {
        String access = register(person);
        assertThat(send(
                                "PATCH",
                                "user/",
                                "{\"name\":\"N2\"}",
                                access,
                                "*",
                                "X-Request-Id",
                                "anna smith",
                                "traceparent",
                                "00-zz")
                        .statusCode())
                .isEqualTo(200);
        assertThat(rows(claim(access, "sub").asLong()).getLast().has("client")).isFalse();
    }

    /** Rows are never changed: what an earlier version wrote in clear stays in the store, and is told no more. */
    @Test
    void theIdsThatEarlierVersionsStoredAreToldNoMore() throws Exception {
        String access = register(person);
        String user = claim(access, "sub").asString();
        awaitRecords(user, 1);
        jdbc.update("""
                insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                                payload_type, payload_revision, payload, meta_data)
                select gen_random_uuid()::text, aggregate_identifier, 1, type, time_stamp, 'user.executor-changed.v1',
                       payload_revision, jsonb_build_object('user', aggregate_identifier::bigint, 'from', true, 'to', false),
                       jsonb_build_object('actor', aggregate_identifier, 'channel', 'rest', 'requestid', ?::text,
                                          'traceparent', ?::text)
                from domain_event_entry where aggregate_identifier = ?""", OWN, TRACE, user);
        ConsumerRecord<String, String> record = awaitRecords(user, 2).getLast();
        assertThat(header(record, EventHeaders.ACTOR)).isEqualTo(user);
        assertThat(all(record)).doesNotContain(OWN).doesNotContain(TRACE_ID);
    }

    private HttpResponse<String> change(String access) throws Exception {
        HttpResponse<String> answer = send(
                "PATCH",
                "user/",
                "{\"name\":\"N2\"}",
                access,
                "*",
                "X-Request-Id",
                OWN,
                "traceparent",
                TRACE,
                "User-Agent",
                AGENT);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private List<JsonNode> rows(long user) {
        return jdbc
                .queryForList(
                        "select meta_data::text from domain_event_entry where aggregate_identifier = ? order by sequence_number",
                        String.class,
                        Long.toString(user))
                .stream()
                .map(json::readTree)
                .toList();
    }

    private Optional<byte[]> open(long user, String sealed) {
        return keys.open(user, "client", Base64.getDecoder().decode(sealed));
    }

    /** Headers and value. */
    private static String all(ConsumerRecord<String, String> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                        .map(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("\n"))
                + record.value();
    }

    private List<ConsumerRecord<String, String>> awaitRecords(String user, int count) {
        return await().atMost(PATIENCE).until(() -> records(user), found -> found.size() >= count);
    }
}
