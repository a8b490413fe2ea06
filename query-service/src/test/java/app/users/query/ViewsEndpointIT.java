package app.users.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.embedded.DocumentServer;
import app.users.events.UserEvent.UserErased;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Views are built a second time beside those that serve, compared, and take their place; wrong ones are found and mended. */
class ViewsEndpointIT extends RunningQueryService {

    private static final String FIRST = "users_query";
    private static final String SECOND = "users_query_b";
    private static final String GROUPS = "users-query";

    private MongoClient client;

    @BeforeEach
    void connect() {
        client = MongoClients.create(mongo.uri());
    }

    @AfterEach
    void backToTheFirst() throws Exception {
        manage("POST", "views/" + FIRST, "{}");
        manage("DELETE", "views/" + SECOND, "");
        await().atMost(PATIENCE).until(() -> users(SECOND).countDocuments() == 0);
        client.close();
    }

    private MongoCollection<Document> users(String database) {
        return client.getDatabase(database).getCollection("users");
    }

    @Test
    void aSecondSetIsBuiltComparedServedAndTheFirstDropped() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        assertThat(get("user/", token(user, 2, 0)).statusCode()).isEqualTo(200);

        assertThat(manage("POST", "views", "{\"database\":\"" + SECOND + "\"}").statusCode())
                .isEqualTo(202);
        awaitEqual();
        users(SECOND).updateOne(Filters.eq("_id", user), Updates.set("surname", "other"));
        assertThat(manage("GET", "views/" + SECOND, "").body())
                .contains("\"equal\":false", "{\"user\":" + user + ",\"fields\":[\"surname\"]}");
        assertThat(get("user/", token(user, 2, 0)).body()).contains("\"surname\":\"S2\"");

        assertThat(manage("DELETE", "views/" + FIRST, "").statusCode()).isEqualTo(409);
        awaitServed(SECOND);
        assertThat(get("user/", token(user, 2, 0)).body()).contains("\"surname\":\"other\"");

        // both are kept up to date until one is dropped
        publish(3, surname(user, "S2", "S3"));
        awaitSurname(user, 3, "S3");
        await().atMost(PATIENCE)
                .until(() ->
                        users(FIRST).countDocuments(Filters.and(Filters.eq("_id", user), Filters.eq("surname", "S3")))
                                == 1);
        assertThat(manage("DELETE", "views/" + FIRST, "").statusCode()).isEqualTo(204);
        assertThat(users(FIRST).countDocuments()).isZero();

        manage("POST", "views", "{\"database\":\"" + FIRST + "\"}");
        awaitServed(FIRST);
        assertThat(get("user/", token(user, 3, 0)).body()).contains("\"surname\":\"S3\"");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(manage("POST", "views", "{\"database\":\"a/b\"}").statusCode())
                .isEqualTo(400);
        assertThat(manage("GET", "views/a.b", "").statusCode()).isEqualTo(400);
        assertThat(manage("POST", "views/unknown", "{}").statusCode()).isEqualTo(404);
        assertThat(manage("DELETE", "views/unknown", "").statusCode()).isEqualTo(404);
        assertThat(manage("POST", "parked/1", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void droppedViewsAreBuiltAgainAndReadinessSaysHowFar() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);

        await().atMost(PATIENCE).until(() -> rebuilt().path("of").isNumber());
        long before = rebuilt().path("of").asLong(0);

        client.getDatabase(FIRST).drop();

        await().atMost(PATIENCE).until(() -> rebuilt().path("of").asLong(0) > before);
        await().atMost(PATIENCE).until(() -> {
            JsonNode now = rebuilt();
            return now.path("of").isNumber() && now.path("events").equals(now.path("of"));
        });
        awaitView(user);
        assertThat(manage("GET", "health/readiness", "").statusCode()).isEqualTo(200);
    }

    /** Nothing while the views cannot tell. */
    private JsonNode rebuilt() throws Exception {
        return json.readTree(manage("GET", "health/readiness", "").body()).at("/components/queryViews/details");
    }

    @Test
    void aReaderThatStandsStillRaisesAnAlarmUntilItMovesAgain() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);
        await().atMost(PATIENCE).until(() -> lag().path("stuck").isBoolean());
        assertThat(lag().get("stuck").asBoolean()).isFalse();
        mongo.close();
        try {
            publish(2, surname(user, "S", "S2"));
            await().atMost(PATIENCE).until(() -> lag().path("stuck").asBoolean(false));
            assertThat(lag().get("events").asLong()).isPositive();
            assertThat(metric("users.lag.seconds")).isPositive();
            HttpResponse<String> health = manage("GET", "health", "");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(json.readTree(health.body())
                            .at("/components/queryMongo/status")
                            .asString())
                    .isEqualTo("DOWN");
        } finally {
            mongo = DocumentServer.start(MONGO_PORT);
        }
        await().atMost(PATIENCE).until(() -> !lag().path("stuck").asBoolean(true));
        awaitSurname(user, 2, "S2");
    }

    @Test
    void aReaderThatIsNotLetIntoItsGroupRaisesAnAlarmUntilItIs() throws Exception {
        await().atMost(PATIENCE).until(() -> lag().path("stuck").isBoolean());
        KAFKA.forbidGroups(KAFKA_USER, GROUPS);
        try {
            assertThat(manage("POST", "views", "{\"database\":\"" + SECOND + "\"}")
                            .statusCode())
                    .isEqualTo(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(manage("GET", "health", "").statusCode()).isEqualTo(503));
            assertThat(lag().asString()).isEqualTo("cannot be told");
        } finally {
            KAFKA.allowGroups(KAFKA_USER, GROUPS);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(manage("GET", "health", "").statusCode()).isEqualTo(200));
    }

    private JsonNode lag() throws Exception {
        return json.readTree(manage("GET", "health", "").body()).at("/components/lag/details/projection");
    }

    @Test
    void aHistoryThatComesAgainMendsAWrongView() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        assertThat(get("user/", token(user, 2, 0)).statusCode()).isEqualTo(200);
        users(FIRST).updateOne(Filters.eq("_id", user), Updates.set("address", "wrong"));
        double repaired = metric("users.views.repaired");
        double checked = metric("users.views.checked");

        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("user/", token(user, 2, 0)).body()).contains("\"address\":\"A\""));
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        await().atMost(PATIENCE).until(() -> metric("users.views.checked") == checked + 2);
        assertThat(metric("users.views.repaired")).isEqualTo(repaired + 1);
    }

    private double metric(String name) throws Exception {
        return json.readTree(manage("GET", "metrics/" + name, "").body())
                .at("/measurements/0/value")
                .asDouble();
    }

    @Test
    void aHistoryThatComesAgainMakesAMissingView() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);
        users(FIRST).deleteOne(Filters.eq("_id", user));
        publish(2, surname(user, "S", "S2"));
        awaitParked(user, "expected version 1");
        assertThat(get("user/", token(user, 2, 0)).statusCode()).isEqualTo(503);

        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        awaitSurname(user, 2, "S2");
        assertThat(parked(user)).isFalse();
    }

    @Test
    void aParkedUserIsListedAndTakenUpAgainOnceTheCauseIsGone() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(3, surname(user, "S2", "S3"));
        awaitParked(user, "expected version 2");
        JsonNode still = json.readTree(manage("POST", "parked/" + user, "{}").body());
        assertThat(still.at("/parked/version").asLong()).isEqualTo(3);

        publish(2, surname(user, "S", "S2"));
        publish(3, surname(user, "S2", "S3"));
        publish(4, surname(user, "S3", "S4"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(parked(user)).isFalse());
        assertThat(manage("POST", "parked/" + user, "{}").statusCode()).isEqualTo(404);
        awaitSurname(user, 4, "S4");
        publish(5, surname(user, "S4", "S5"));
        awaitSurname(user, 5, "S5");
        publish(6, new UserErased(user));
    }

    /** What compaction may leave of a history that was sent again in part: the first versions come last. */
    @Test
    void whatComesBeforeItsTurnWaitsForWhatIsMissing() throws Exception {
        long user = IDS.incrementAndGet();
        publish(4, surname(user, "S3", "S4"));
        publish(5, surname(user, "S4", "S5"));
        awaitParked(user, "expected version 1");
        assertThat(metric("users.views.parked")).isGreaterThanOrEqualTo(1);
        assertThat(manage("GET", "health/readiness", "").statusCode()).isEqualTo(200);
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("user/", token(user, 2, 0)).body()).contains("\"surname\":\"S2\""));
        HttpResponse<String> behind = get("user/", token(user, 2, 0));
        assertThat(behind.headers().firstValue("Warning"))
                .hasValueSatisfying(w -> assertThat(w).startsWith("110"));
        assertThat(get("user/", token(user, 5, 0)).headers().firstValue("Warning"))
                .isPresent();

        publish(3, surname(user, "S2", "S3"));

        awaitSurname(user, 5, "S5");
        assertThat(parked(user)).isFalse();
    }

    /** Of two replays that were cut off, one after the other. */
    @Test
    void whatComesInThreePartsIsPutTogether() throws Exception {
        long user = IDS.incrementAndGet();
        publish(5, surname(user, "S4", "S5"));
        publish(3, surname(user, "S2", "S3"));
        publish(4, surname(user, "S3", "S4"));
        awaitParked(user, "expected version 1");

        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));

        awaitSurname(user, 5, "S5");
    }

    /** What cannot be read parks its user once; that is no reason to read the topic again at each later event. */
    @Test
    void aGoodRecordInPlaceOfABadOneIsFollowedByWhatCameMeanwhile() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(user, 2, "user.profile-changed.v1", "no JSON".getBytes(StandardCharsets.UTF_8));
        publish(3, surname(user, "S2", "S3"));
        await().atMost(PATIENCE).until(() -> parked(user));
        assertThat(get("user/", token(user, 3, 0)).headers().firstValue("Warning"))
                .isPresent();

        publish(2, surname(user, "S", "S2"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(parked(user)).isFalse());
        awaitSurname(user, 3, "S3");
    }

    private void awaitParked(long user, String why) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(manage("GET", "parked", "").body())
                        .contains("{\"user\":" + user + ",")
                        .contains(why));
    }

    private boolean parked(long user) throws Exception {
        return manage("GET", "parked", "").body().contains("{\"user\":" + user + ",");
    }

    private void awaitEqual() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(manage("GET", "views/" + SECOND, "").body()).contains("\"equal\":true"));
    }

    private void awaitServed(String database) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                manage("POST", "views/" + database, "{}").body())
                        .contains("\"database\":\"" + database + "\",\"serving\":true"));
    }
}
