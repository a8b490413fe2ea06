package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.EventHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Stored events go to the topic once more, and bring nobody back. */
class ReplayIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ERASED = "user.erased.v1";

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private Environment settings;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() throws Exception {
        call("DELETE", "");
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> latest = call("GET", "");
            return latest.statusCode() == 404
                    || !json.readTree(latest.body()).get("endedAt").isNull();
        });
    }

    @Test
    void aUsersEventsComeAgainAsTheyWere() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        change(access, "Other");
        List<ConsumerRecord<String, String>> first = awaitRecords(user, 2);

        assertThat(call("POST", "{\"user\":\"" + user + "\"}").body()).contains("\"sent\":2");

        List<ConsumerRecord<String, String>> all = records(user);
        assertThat(all.subList(0, 2)).usingRecursiveComparison().isEqualTo(first);
        List<ConsumerRecord<String, String>> again = all.subList(2, 4);
        for (int i = 0; i < 2; i++) {
            assertThat(again.get(i).key()).isEqualTo(first.get(i).key());
            assertThat(again.get(i).value()).isEqualTo(first.get(i).value());
            assertThat(again.get(i).headers()).isEqualTo(first.get(i).headers());
        }
    }

    @Test
    void allEventsFromAPositionOnComeAgain() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        change(access, "Other");
        awaitRecords(user, 2);
        long from = position(user, 2);

        HttpResponse<String> started = call("POST", "{\"perSecond\":\"5000\",\"from\":\"" + from + "\"}");

        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        JsonNode end = awaitEnd();
        assertThat(end.get("aborted").asBoolean()).isFalse();
        assertThat(end.get("sent").asLong())
                .isEqualTo(jdbc.queryForObject(
                        "select count(*) from domain_event_entry where global_index >= ?", Long.class, from));
        assertThat(records(user))
                .extracting(ConsumerRecord::key)
                .containsExactly(user + "/1", user + "/2", user + "/2");
    }

    @Test
    void anAbortedReplayEndsAfterTheUsersItHasBegun() throws Exception {
        List<String> users = new ArrayList<>();
        long first = 0;
        for (int i = 0; i < 3; i++) {
            String access = register(person());
            users.add(claim(access, "sub").asString());
            change(access, "Other");
            change(access, "Yet another");
            first = i == 0 ? position(users.getFirst(), 1) : first;
        }
        awaitRecords(users.getLast(), 3);
        jdbc.update(
                "insert into replay (next_index, last_index, per_second, started_at) values (?, ?, 1, now())",
                first,
                position(users.getLast(), 1));
        await().atMost(PATIENCE).until(() -> records(users.getFirst()).size() > 3);

        JsonNode aborted = json.readTree(call("DELETE", "").body());

        assertThat(aborted.get("aborted").asBoolean()).isTrue();
        assertThat(call("POST", "{}").statusCode()).isEqualTo(409);
        awaitEnd();
        for (String user : users) {
            assertThat(versions(user).subList(3, versions(user).size()))
                    .as("what of user %s came again", user)
                    .isIn(List.of(), List.of("1", "2", "3"));
        }
        assertThat(records(users.getLast())).hasSize(3);
    }

    /** A process that dies after it has sent, and before it has stored that. */
    @Test
    void whatADeadProcessHasBegunIsFinishedThoughItIsAborted() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        change(access, "Other");
        awaitRecords(user, 2);
        long position = position(user, 1);

        jdbc.update(
                "insert into replay (next_index, claimed_index, last_index, per_second, sent, aborted, started_at)"
                        + " values (?, ?, ?, 10, 7, true, now())",
                position,
                position,
                Long.MAX_VALUE);

        assertThat(awaitEnd().get("sent").asLong()).isEqualTo(9);
        assertThat(versions(user)).containsExactly("1", "2", "1", "2");
    }

    @Test
    void aUsersReplayThatWasCutOffIsFinished() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        change(access, "Other");
        awaitRecords(user, 2);
        long position = position(user, 1);

        jdbc.update(
                "insert into replay (kind, next_index, claimed_index, last_index, per_second, started_at)"
                        + " values ('user', ?, ?, ?, 1000, now())",
                position,
                position,
                position);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(versions(user)).containsExactly("1", "2", "1", "2"));
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForList("select 1 from replay where kind = 'user' and ended_at is null")
                        .isEmpty());
    }

    @Test
    void aReplayReachesTheLastEventThoughItIsNewerThanTheReplay() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        awaitRecords(user, 1);
        try (Connection other = connection();
                Statement statement = other.createStatement()) {
            statement.execute("begin; select pg_advisory_xact_lock(hashtext('users.events'))");
            call("POST", "{\"from\":\"" + position(user, 1) + "\"}");
            change(access, "Other");
            statement.execute("commit");
        }
        awaitEnd();
        await().atMost(PATIENCE).until(() -> versions(user).size() == 4);
        assertThat(versions(user).lastIndexOf("1")).isLessThan(versions(user).lastIndexOf("2"));
    }

    private List<String> versions(String user) {
        return records(user).stream().map(r -> r.key().split("/")[1]).toList();
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        for (String body : List.of(
                "{\"from\":\"-1\"}",
                "{\"perSecond\":\"0\"}",
                "{\"perSecond\":\"10001\"}",
                "{\"user\":\"1\",\"from\":\"1\"}",
                "{\"user\":\"x\"}")) {
            assertThat(call("POST", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(call("POST", "{\"user\":\"0\"}").body()).contains("\"sent\":0");
    }

    @Test
    void aPageInABrowserCannotOrderIt() throws Exception {
        // other types of content would be sent without asking first
        HttpRequest order = HttpRequest.newBuilder(endpoint())
                .header("Content-Type", "text/plain")
                .header("Authorization", "Bearer " + MANAGEMENT_TOKEN)
                .POST(BodyPublishers.ofString("{\"user\":\"0\"}"))
                .build();
        assertThat(http.send(order, BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    }

    @Test
    void anErasedUserComesAgainAsNothing() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        change(access, "Other");
        assertThat(send("DELETE", "user/", "", access).statusCode()).isEqualTo(200);
        awaitRecords(user, 2 + 1 + 2);

        call("POST", "{\"user\":\"" + user + "\"}");

        assertThat(last(user)).containsEntry(user + "/1", "").containsEntry(user + "/2", "");
        assertThat(records(user).stream().skip(5).filter(r -> r.value() != null))
                .extracting(r -> header(r, EventHeaders.TYPE))
                .containsExactly(ERASED);
    }

    @Test
    void theManyEventsOfWhoLeavesBecomeTombstonesInSteps() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        assertThat(send("PATCH", "user/", "{\"executor\":false}", access).statusCode())
                .isEqualTo(200);
        repeatLastEvent(user, 3_000);
        awaitRecords(user, 3_002);

        assertThat(send("DELETE", "user/", "", access).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForObject(
                        "select published_at is not null from erasure where user_id = ?",
                        Boolean.class,
                        Long.parseLong(user)));
        Map<String, String> last = last(user);
        assertThat(last).hasSize(3_003);
        assertThat(last.remove(user + "/3003")).contains(user);
        assertThat(last.values()).containsOnly("");
    }

    @Test
    void anErasureInTheMiddleOfAReplayWins() throws Exception {
        for (int i = 0; i < 10; i++) {
            String access = register(person());
            String user = claim(access, "sub").asString();
            change(access, "Other");
            awaitRecords(user, 2);
            CompletableFuture<HttpResponse<String>> replay;
            try (Connection other = connection();
                    Statement statement = other.createStatement()) {
                // both stand in line, and go in whichever order
                statement.execute("begin; select pg_advisory_xact_lock(hashtext('users.events'))");
                replay = CompletableFuture.supplyAsync(() -> unchecked("{\"user\":\"" + user + "\"}"));
                assertThat(send("DELETE", "user/", "", access).statusCode()).isEqualTo(200);
                awaitWaiting(statement);
                statement.execute("commit");
            }
            // 503 if it stood in line longer than a transaction may: what it began goes on later
            assertThat(replay.join().statusCode()).isIn(200, 503);
            await().atMost(PATIENCE)
                    .until(() -> records(user).stream()
                            .anyMatch(r -> header(r, EventHeaders.TYPE).equals(ERASED)));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(last(user))
                            .containsEntry(user + "/1", "")
                            .containsEntry(user + "/2", ""));
        }
    }

    private long position(String user, long version) {
        return jdbc.queryForList(
                        "select global_index from domain_event_entry where aggregate_identifier = ? and sequence_number = ?",
                        Long.class,
                        user,
                        version - 1)
                .getFirst();
    }

    private static void awaitWaiting(Statement statement) {
        await().atMost(PATIENCE).until(() -> {
            try (var waiting = statement.executeQuery(
                    "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
                return waiting.next() && waiting.getInt(1) >= 2;
            }
        });
    }

    /** To the same database, but not from the pool: what it holds, it may hold longer than the service may. */
    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                settings.getRequiredProperty("spring.datasource.url"),
                settings.getRequiredProperty("spring.datasource.username"),
                settings.getRequiredProperty("spring.datasource.password"));
    }

    /** What compaction would keep: the last value of each key, empty for a tombstone. */
    private Map<String, String> last(String user) {
        Map<String, String> last = new HashMap<>();
        records(user).forEach(r -> last.put(r.key(), r.value() == null ? "" : r.value()));
        return last;
    }

    private void change(String access, String surname) throws Exception {
        assertThat(send("PATCH", "user/", "{\"surname\":\"" + surname + "\"}", access)
                        .statusCode())
                .isEqualTo(200);
    }

    private List<ConsumerRecord<String, String>> awaitRecords(String user, int count) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            found.clear();
            found.addAll(records(user));
            assertThat(found).hasSizeGreaterThanOrEqualTo(count);
        });
        return found;
    }

    private JsonNode awaitEnd() throws Exception {
        await().atMost(PATIENCE).until(() -> !progress().get("endedAt").isNull());
        return progress();
    }

    private JsonNode progress() throws IOException, InterruptedException {
        return json.readTree(call("GET", "").body());
    }

    private HttpResponse<String> unchecked(String body) {
        try {
            return call("POST", body);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> call(String method, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(endpoint())
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + MANAGEMENT_TOKEN)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + managementPort + "/actuator/replay");
    }
}
