package app.users.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.embedded.DocumentServer;
import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.events.Topics;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.UserErased;
import app.users.query.projection.ViewSet;
import app.users.testservers.MongoProxy;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** From records on a real topic to answers over HTTP. */
class QueryServiceIT extends RunningQueryService {

    /** How long a read waits. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    @Test
    void aReadWaitsForTheVersionOfItsToken() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        // a busy machine may need longer than one read waits
        HttpResponse<String> profile = await().atMost(PATIENCE)
                .until(() -> get("user/", token(user, 1, 0)), answer -> answer.statusCode() != 503);
        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(profile.body())
                .startsWith("{\"id\":" + user + ",\"surname\":\"S\",\"name\":\"N\",\"patronymic\":\"P\"");
        assertThat(profile.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(profile.headers().firstValue("Users-Version")).contains("1");
    }

    @Test
    void whatIsNotThereYetIsStaleOrUnavailableButNeverMissing() throws Exception {
        long user = IDS.incrementAndGet();
        assertThat(get("user/", token(user, 1, 0)).statusCode()).isEqualTo(503);
        publish(1, registered(user));
        HttpResponse<String> stale = await().atMost(PATIENCE)
                .until(() -> get("user/", token(user, 9, 0)), answer -> answer.statusCode() != 503);
        assertThat(stale.statusCode()).isEqualTo(200);
        assertThat(stale.headers().firstValue("Warning").orElse("")).startsWith("110");
    }

    @Test
    void aStoppedProjectionAnswersTheLastStateInTimeAndSaysSo() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);
        ViewSet projection = sets.serving();
        projection.stop();
        try {
            publish(2, surname(user, "S", "S2"));
            for (String path : List.of("user/", "user/executor/?after=" + (user - 1))) {
                long asked = System.nanoTime();
                HttpResponse<String> last = get(path, token(user, 2, 0));
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(BOUND, PATIENCE);
                assertThat(last.statusCode()).isEqualTo(200);
                assertThat(last.headers().firstValue("Warning").orElse("")).startsWith("110");
                assertThat(last.body()).contains("\"surname\":\"S\"");
            }
        } finally {
            projection.start();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("user/", token(user, 2, 0)).body()).contains("\"surname\":\"S2\""));
    }

    @Test
    void repeatedEventsChangeNothing() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        publish(1, registered(user));
        publish(2, surname(user, "S", "S2"));
        publish(3, surname(user, "S2", "S3"));
        assertThat(get("user/", token(user, 3, 0)).body()).contains("\"surname\":\"S3\"");
    }

    @Test
    void aGapParksItsUserAndLetsOthersPass() throws Exception {
        long parked = IDS.incrementAndGet();
        long other = IDS.incrementAndGet();
        publish(1, registered(parked));
        publish(3, surname(parked, "S2", "S3"));
        publish(4, surname(parked, "S3", "S4"));
        publish(1, registered(other));
        assertThat(get("user/", token(other, 1, 0)).statusCode()).isEqualTo(200);
        HttpResponse<String> lastGood = get("user/", token(parked, 4, 0));
        assertThat(lastGood.body()).contains("\"surname\":\"S\"");
        publish(5, new UserErased(parked));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                get("user/", token(parked, 5, 0)).statusCode())
                        .isEqualTo(401));
    }

    @Test
    void anEarlierEpochIsRefusedButForTheKeptSession() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(2, new PasswordChanged(user, 1, "another session"));
        assertThat(get("user/", token(user, 2, 0)).statusCode()).isEqualTo(401);
        assertThat(get("user/", token(user, 2, 1)).statusCode()).isEqualTo(200);
    }

    @Test
    void anEndedSessionIsRefusedInWhicheverVersionItWasTold() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(user, 2, "user.session-ended.v1", ended(user, "another session"));
        publish(3, new SessionEnded(user, "a third session", Reason.REVOKED));
        assertThat(get("user/", token(user, 3, 0)).statusCode()).isEqualTo(200);
        publish(user, 4, "user.session-ended.v1", ended(user, "a session"));
        assertThat(get("user/", token(user, 4, 0)).statusCode()).isEqualTo(401);
    }

    private static byte[] ended(long user, String session) {
        return "{\"user\":%d,\"session\":\"%s\"}".formatted(user, session).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theListOfExecutorsIsPagedAndHidesContacts() throws Exception {
        long first = IDS.incrementAndGet();
        long hidden = IDS.incrementAndGet();
        long last = IDS.incrementAndGet();
        publish(1, registered(hidden));
        publish(2, new ExecutorChanged(hidden, true, false));
        publish(1, registered(first));
        publish(1, registered(last));
        for (long user : new long[] {first, hidden, last}) {
            get("user/", token(user, user == hidden ? 2 : 1, 0));
        }
        HttpResponse<String> page = get("user/executor/?limit=1&after=" + (first - 1), token(first, 1, 0));
        assertThat(page.body())
                .contains("\"id\":" + first)
                .doesNotContain("email\":\"")
                .doesNotContain("+7");
        assertThat(page.headers().firstValue("Link").orElse("")).contains("after=" + first);
        assertThat(get("user/executor/?limit=1&after=" + first, token(first, 1, 0))
                        .body())
                .contains("\"id\":" + last);
        assertThat(get("user/executor/?limit=0", token(first, 1, 0)).statusCode())
                .isEqualTo(400);
    }

    /** The topic is made only now: the service has been waiting for it. */
    @Test
    void theStateOfTheLastMailIsTold() throws Exception {
        makeMailTopic();
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        publish(2, emailRequested(user));
        JsonNode asked = json.readTree(get("verify-email/", token(user, 2, 0)).body());
        assertThat(asked.get("state").asString()).isEqualTo("queued");
        assertThat(asked.get("next_at").asString()).isEqualTo("2026-01-01T00:01:00.000Z");
        assertThat(asked.get("expires_at").asString()).isEqualTo("2026-01-01T00:10:00.000Z");
        assertThat(get("verify-number/", token(user, 2, 0)).body())
                .isEqualTo("{\"state\":\"none\",\"confirmed\":false}");

        publish(mail(user, 2, State.DEFERRED, "unreachable"));
        awaitState(user, "deferred");
        assertThat(get("verify-email/", token(user, 2, 0)).body()).contains("\"reason\":\"unreachable\"");
        publish(mail(user, 2, State.SENT, null));
        awaitState(user, "sent");

        publish(3, emailRequested(user));
        assertThat(state(user)).isEqualTo("queued");
        publish(mail(user, 3, State.FAILED, "expired"));
        awaitState(user, "failed");
        publish(4, new EmailChanged(user, "e" + user + "@x.io", "f" + user + "@x.io", false));
        assertThat(get("verify-email/", token(user, 4, 0)).body())
                .isEqualTo("{\"state\":\"none\",\"next_at\":\"2026-01-01T00:01:00.000Z\",\"confirmed\":false}");
    }

    @Test
    void neitherALateNorARepeatedStateReplacesAFinalOrANewerOne() throws Exception {
        makeMailTopic();
        long user = IDS.incrementAndGet();
        long witness = IDS.addAndGet(3);
        for (long other : new long[] {user, witness}) {
            publish(1, registered(other));
            publish(2, emailRequested(other));
            publish(3, emailRequested(other));
        }
        publish(mail(user, 3, State.SENT, null));
        publish(mail(user, 3, State.QUEUED, null));
        publish(mail(user, 3, State.FAILED, "refused"));
        publish(mail(user, 2, State.FAILED, "expired"));
        publish(mail(witness, 3, State.SENT, null));
        awaitState(witness, "sent");
        assertThat(state(user)).isEqualTo("sent");
    }

    @Test
    void whoIsErasedLeavesNoStateOfAMailAndALateOneIsForgotten() throws Exception {
        makeMailTopic();
        long user = IDS.incrementAndGet();
        long witness = IDS.addAndGet(3);
        publish(1, registered(user));
        publish(2, emailRequested(user));
        publish(mail(user, 2, State.QUEUED, null));
        awaitMails(user, 1);
        publish(3, new UserErased(user));
        awaitMails(user, 0);
        publish(mail(user, 2, State.FAILED, "expired"));
        publish(mail(witness, 2, State.QUEUED, null));
        awaitMails(witness, 1);
        awaitMails(user, 0);
    }

    @Test
    void anOutageOfMongoIsToldAndItsLossRepaired() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);
        mongo.close();
        HttpResponse<String> outage = get("user/", token(user, 1, 0));
        assertThat(outage.statusCode()).isEqualTo(503);
        assertThat(outage.headers().firstValue("Retry-After")).isPresent();
        mongo = DocumentServer.start(MONGO_PORT);
        awaitView(user);
    }

    /** As after a restored backup, or a failover to a member that did not have the last writes. */
    @Test
    void viewsThatAreSetBackAreReadOnFromThere() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitView(user);
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            MongoDatabase views = client.getDatabase("users_query");
            List<Document> before = List.of("users", "positions").stream()
                    .flatMap(name -> views.getCollection(name).find().into(new ArrayList<>()).stream()
                            .map(document -> new Document("in", name).append("document", document)))
                    .toList();
            publish(2, surname(user, "S", "S2"));
            publish(3, surname(user, "S2", "S3"));
            awaitSurname(user, 3, "S3");
            for (Document saved : before) {
                Document document = saved.get("document", Document.class);
                views.getCollection(saved.getString("in")).replaceOne(Filters.eq("_id", document.get("_id")), document);
            }
        }
        publish(4, surname(user, "S3", "S4"));
        awaitSurname(user, 4, "S4");
    }

    /** What was written meanwhile is not on the new primary. */
    @ParameterizedTest
    @EnumSource(
            value = MongoProxy.Mode.class,
            names = {"STEPS_DOWN", "NOT_REPLICATED"})
    void whatAPrimaryLosesIsWrittenAgain(MongoProxy.Mode mode) throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitSurname(user, 1, "S");
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> users = client.getDatabase("users_query").getCollection("users");
            Document before = users.find(Filters.eq("_id", user)).first();
            MONGO_PROXY.become(mode);
            publish(2, surname(user, "S", "S2"));
            await().atMost(PATIENCE).until(() -> MONGO_PROXY.failed() >= 3);
            users.replaceOne(Filters.eq("_id", user), before);
        } finally {
            MONGO_PROXY.become(MongoProxy.Mode.PASSES);
        }
        awaitSurname(user, 2, "S2");
    }

    @Test
    void aRightThatIsWithdrawnForAWhileStopsNoReaderForGood() throws Exception {
        long user = IDS.incrementAndGet();
        publish(1, registered(user));
        awaitSurname(user, 1, "S");
        KAFKA.forbidRead(KAFKA_USER, Topics.EVENTS);
        try {
            publish(2, surname(user, "S", "S2"));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(manage("GET", "health", "").statusCode()).isEqualTo(503));
        } finally {
            KAFKA.allowRead(KAFKA_USER, Topics.EVENTS);
        }
        awaitSurname(user, 2, "S2");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(manage("GET", "health", "").statusCode()).isEqualTo(200));
    }

    private static EmailConfirmationRequested emailRequested(long user) {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        return new EmailConfirmationRequested(
                user, "r", "e" + user + "@x.io", "N", "en", then.plusSeconds(600), then.plusSeconds(60));
    }

    private static MailState mail(long user, long version, State state, @Nullable String reason) {
        return new MailState(user, version, "event " + version, Kind.EMAIL, state, Instant.now(), reason);
    }

    private String state(long user) throws Exception {
        return json.readTree(get("verify-email/", token(user, 3, 0)).body())
                .get("state")
                .asString();
    }

    private void awaitState(long user, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(user)).isEqualTo(state));
    }

    private static void awaitMails(long user, int count) {
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            var mails = client.getDatabase("users_query").getCollection("mails");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mails.countDocuments(Filters.eq("user", user)))
                            .isEqualTo(count));
        }
    }
}
