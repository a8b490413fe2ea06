package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.Topics;
import app.users.testservers.LocalKafka;
import app.users.testservers.Traces;
import app.users.testservers.Traces.Trace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.CompressionType;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Who leaves is in no byte that is kept: of PostgreSQL's files with its log of changes, of Kafka's files, of the documents,
 * of what was printed. Nothing waits for a vacuum: in PostgreSQL it never was. Their mailbox, in {@code mails}, is their own.
 */
@Order(2)
class ErasureIT {

    private static final String EMAIL = "quark.one@erased.example";
    private static final String NUMBER = "+79031112233";
    private static final String LATER_EMAIL = "zwiebel.two@erased.example";
    private static final String LATER_NUMBER = "+79034445566";
    private static final String AGENT = "Quarkbrowser/7";
    private static final String PASSWORD = "quark pass 111";
    private static final String LATER_PASSWORD = "zwiebel pass 222";
    private static final String RESET_PASSWORD = "kohlrabi pass 333";
    private static final String WRONG_PASSWORD = "rhabarber pass 444";

    private static final String REGISTRATION = """
            {"surname":"Quarksurname","name":"Quarkname","patronymic":"Quarkpatronymic","address":"Quark Street 1",\
            "email":"%s","number":"%s","password":"%s"}""".formatted(EMAIL, NUMBER, PASSWORD);
    private static final String CHANGE = """
            {"surname":"Zwiebelsurname","name":"Имярек","patronymic":"Zwiebelpatronymic","address":"Zwiebel Street 2",\
            "email":"%s","number":"%s","password":"%s"}""".formatted(LATER_EMAIL, LATER_NUMBER, LATER_PASSWORD);

    private static final List<String> EARLIER =
            List.of("Quarksurname", "Quarkname", "Quarkpatronymic", "Quark Street", "quark.one", NUMBER.substring(1));
    private static final List<String> LATER = List.of(
            "Zwiebelsurname",
            "Имярек",
            "Zwiebelpatronymic",
            "Zwiebel Street",
            "zwiebel.two",
            LATER_NUMBER.substring(1));

    /** What subscribers are told, and so is on the topic in the clear until the person leaves. */
    private static final List<String> TOLD =
            Stream.of(EARLIER, LATER).flatMap(List::stream).toList();

    /** Never to be found anywhere. */
    private static final List<String> SECRET =
            List.of("Quarkbrowser", PASSWORD, LATER_PASSWORD, RESET_PASSWORD, WRONG_PASSWORD);

    private static final List<String> ALL =
            Stream.of(TOLD, SECRET).flatMap(List::stream).toList();

    @Test
    void nothingOfWhoLeftIsInAnyByte() throws SQLException {
        try (StandaloneSystem system = StandaloneSystem.start("--users.relay.housekeeping=1s")) {
            List<Client> others = List.of(otherUser(system), otherUser(system), otherUser(system));
            Client user = lives(system);
            List<String> before = profiles(others);

            isInClearOnTheTopicAndInItsViewOnly(system);

            LocalKafka kafka = kafka(system);
            kafka.compactQuickly(Topics.EVENTS);
            Answer erased = user.delete("user/").expect(200);
            String receipt = erased.header("Location");

            Patience.await("files without the person")
                    .untilAsserted(
                            () -> assertThat(Traces.in(kafka.folder(), ALL)).isEmpty());
            isSeenByTheSearch(system, receipt.substring(receipt.lastIndexOf('/') + 1));
            assertThat(traces(system, ALL)).isEmpty();
            Patience.await("documents without the person")
                    .untilAsserted(() -> assertThat(inDocuments(system, ALL)).isEmpty());
            assertThat(in(system.printed(), ALL)).isEmpty();

            user.get("user/").expect(401);
            system.client().get(receipt).expect(200);
            assertThat(profiles(others)).isEqualTo(before);
            rebuildsTheOthersFromWhatIsLeft(system, others, before);
            assertThat(inDocuments(system, ALL)).isEmpty();
        }
    }

    /** All that a person can do which leaves something behind. */
    private static Client lives(StandaloneSystem system) {
        Client stranger = system.client();
        stranger.send("POST", "auth/registration/", REGISTRATION, Map.of("Idempotency-Key", "one", "User-Agent", AGENT))
                .expect(201);
        stranger.post("auth/registration/", REGISTRATION).expect(409);
        Client user = signIn(stranger, EMAIL, PASSWORD);
        confirm(system, user, "email", EMAIL);
        confirm(system, user, "number", NUMBER);
        Answer changed = user.send("PATCH", "user/", CHANGE, Map.of("Idempotency-Key", "two", "User-Agent", AGENT))
                .expect(200);
        assertThat(changed.json().get("error")).isEmpty();
        new CodeCounts(system, user.id()).letCoolDownPass();
        confirm(system, user, "email", LATER_EMAIL);
        confirm(system, user, "number", LATER_NUMBER);
        stranger.post("auth/token/", credentials(LATER_EMAIL, WRONG_PASSWORD)).expect(401);
        stranger.post("auth/token/", credentials(EMAIL, LATER_PASSWORD)).expect(401);
        user.get("auth/sessions/").expect(200);

        new CodeCounts(system, user.id()).letCoolDownPass();
        forgetsThePassword(system, stranger);
        return signIn(stranger, LATER_EMAIL, RESET_PASSWORD);
    }

    private static void confirm(StandaloneSystem system, Client user, String what, String address) {
        user.post("verify-" + what + "/").expect(200);
        String code = system.mails().awaitCode(address);
        user.post("accept-" + what + "/", "{\"code\":\"" + wrong(code) + "\"}").expect(400);
        user.post("accept-" + what + "/", "{\"code\":\"" + code + "\"}").expect(200);
    }

    private static void forgetsThePassword(StandaloneSystem system, Client stranger) {
        int mails = system.mails().to(LATER_EMAIL).size();
        stranger.post("auth/password/forgot/", "{\"email\":\"" + LATER_EMAIL + "\"}")
                .expect(200);
        Patience.await("the code that resets the password")
                .until(() -> system.mails().to(LATER_EMAIL).size() > mails);
        String code = system.mails().awaitCode(LATER_EMAIL);
        reset(stranger, wrong(code)).expect(400);
        reset(stranger, code).expect(200);
    }

    private static Answer reset(Client stranger, String code) {
        return stranger.post(
                "auth/password/reset/",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}".formatted(LATER_EMAIL, code, RESET_PASSWORD));
    }

    private static Client signIn(Client stranger, String email, String password) {
        Answer tokens = stranger.send("POST", "auth/token/", credentials(email, password), Map.of("User-Agent", AGENT))
                .expect(200);
        return stranger.with("Bearer", tokens.text("access"));
    }

    private static String credentials(String email, String password) {
        return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
    }

    private static String wrong(String code) {
        return code.equals("123456") ? "654321" : "123456";
    }

    private static Client otherUser(StandaloneSystem system) {
        Client other = Guest.of(system).client();
        other.patch("user/", "{\"surname\":\"Other\",\"address\":\"Elm Street\"}")
                .expect(200);
        return other;
    }

    private static List<String> profiles(List<Client> users) {
        return users.stream().map(u -> u.get("user/").expect(200).body()).toList();
    }

    /** Which shows too that a search can find it: Kafka's records are not compressed. */
    private static void isInClearOnTheTopicAndInItsViewOnly(StandaloneSystem system) throws SQLException {
        Patience.await("all of the person in the files of the topic")
                .untilAsserted(() ->
                        assertThat(traces(system, TOLD)).extracting(Trace::text).containsAll(TOLD));
        for (String topic : List.of(Topics.EVENTS, Topics.MAIL, Topics.SECURITY)) {
            assertThat(kafka(system).compressions(topic)).as(topic).containsExactly(CompressionType.NONE);
        }
        checkpoint(system);
        assertThat(traces(system, ALL))
                .allSatisfy(trace -> assertThat(trace.file()).asString().startsWith("kafka/" + Topics.EVENTS + "-"))
                .extracting(Trace::text)
                .doesNotContainAnyElementsOf(SECRET);
        assertThat(inDocuments(system, LATER)).containsExactlyElementsOf(LATER);
        assertThat(inDocuments(system, SECRET)).isEmpty();
        assertThat(in(system.printed(), ALL)).isEmpty();
    }

    /** A search that finds nothing says something only if it finds what is there: in the tables, and in the log of changes. */
    private static void isSeenByTheSearch(StandaloneSystem system, String receipt) throws SQLException {
        checkpoint(system);
        assertThat(traces(system, List.of(receipt)))
                .extracting(trace -> trace.file().subpath(0, 3))
                .contains(Path.of("postgres/data/base"), Path.of("postgres/data/pg_wal"));
    }

    private static void rebuildsTheOthersFromWhatIsLeft(
            StandaloneSystem system, List<Client> others, List<String> before) {
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            mongo.getDatabase("users_query").drop();
        }
        Patience.await("views from the compacted topic")
                .untilAsserted(() -> assertThat(profiles(others)).isEqualTo(before));
    }

    private static LocalKafka kafka(StandaloneSystem system) {
        return new LocalKafka(system.kafka(), system.data().resolve("kafka"));
    }

    private static List<Trace> traces(StandaloneSystem system, List<String> texts) {
        return Traces.in(system.data(), file -> !file.startsWith("mails"), texts);
    }

    private static List<String> inDocuments(StandaloneSystem system, List<String> texts) {
        List<String> documents = new ArrayList<>();
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            for (String database : mongo.listDatabaseNames()) {
                for (String collection : mongo.getDatabase(database).listCollectionNames()) {
                    mongo.getDatabase(database)
                            .getCollection(collection)
                            .find()
                            .map(Document::toJson)
                            .into(documents);
                }
            }
        }
        assertThat(documents).isNotEmpty();
        return in(String.join("\n", documents), texts);
    }

    private static List<String> in(String content, List<String> texts) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return texts.stream().filter(text -> Traces.isIn(bytes, text)).toList();
    }

    /** So that what the tables hold is in their files, not in memory only. */
    private static void checkpoint(StandaloneSystem system) throws SQLException {
        try (Connection connection = system.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }
}
