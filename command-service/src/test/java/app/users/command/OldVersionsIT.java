package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.EventHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What was stored once is read for ever. The files under {@code stored} are rows as they were written when each event had its
 * first version, under the keys of this test; they are never edited.
 */
class OldVersionsIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aHistoryOfFirstVersionsIsLoadedChangedAndToldInTodays() throws Exception {
        List<JsonNode> stored = store("v1-history");
        String signIn = "{\"email\":\"zh2@it.example\",\"password\":\"another password\"}";
        String access = json.readTree(post("auth/token/", signIn, "").body())
                .get("access")
                .asString();
        assertThat(send("PATCH", "user/", "{\"name\":\"Anna\"}", access).statusCode())
                .isEqualTo(200);

        String user = claim(access, "sub").asString();
        await().atMost(PATIENCE).until(() -> records(user).size() == stored.size() + 1);
        List<ConsumerRecord<String, String>> told = records(user);
        for (int i = 0; i < stored.size(); i++) {
            JsonNode row = stored.get(i);
            assertThat(told.get(i).key()).isEqualTo(user + "/" + (i + 1));
            assertThat(header(told.get(i), EventHeaders.ID))
                    .isEqualTo(row.get("event_identifier").asString());
            assertThat(header(told.get(i), EventHeaders.TYPE))
                    .isEqualTo(row.get("payload_type")
                            .asString()
                            .replace("user.session-ended.v1", "user.session-ended.v2"));
        }
        assertThat(json.readTree(told.getFirst().value()).get("patronymic").asString())
                .isEqualTo("李");
        assertThat(told.stream()
                        .filter(r -> header(r, EventHeaders.TYPE).equals("user.session-ended.v2"))
                        .map(r -> json.readTree(r.value()).get("reason").asString()))
                .hasSize(2)
                .containsOnly("unknown");
        assertThat(json.readTree(told.getLast().value()).at("/name/from").asString())
                .isEqualTo("Жанна");
    }

    @Test
    void ofAHistoryWithoutItsKeyNothingPersonalIsTold() throws Exception {
        List<JsonNode> stored = store("v1-erased");
        String user = stored.getFirst().get("aggregate_identifier").asString();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, String> last = new HashMap<>();
            records(user).forEach(r -> last.put(r.key(), String.valueOf(r.value())));
            for (int version = 1; version < stored.size(); version++) {
                assertThat(last).containsEntry(user + "/" + version, "null");
            }
            assertThat(last).containsEntry(user + "/" + stored.size(), "{\"user\":" + user + "}");
        });
        assertThat(records(user)).noneMatch(r -> String.valueOf(r.value()).contains("Elm"));
    }

    /** Answers the rows of its events. */
    private List<JsonNode> store(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/stored/" + name + ".jsonl"))) {
            List<JsonNode> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(json::readTree)
                    .toList();
            for (JsonNode line : lines) {
                String columns = String.join(", ", line.get("row").propertyNames());
                String table = line.get("table").asString();
                jdbc.update(
                        "insert into %s (%s) select %s from json_populate_record(null::%s, ?::json)"
                                .formatted(table, columns, columns, table),
                        line.get("row").toString());
            }
            return lines.stream()
                    .filter(line -> line.get("table").asString().equals("domain_event_entry"))
                    .map(line -> line.get("row"))
                    .toList();
        }
    }
}
