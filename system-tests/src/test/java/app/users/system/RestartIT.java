package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What was acknowledged is there after the process has ended, however it ended; with a new master key too (security line 28),
 * and though the topic is lost.
 */
@Order(2)
class RestartIT {

    private static final String NO_MAIL_SERVER = "--users.embedded.mail.enabled=false";

    @Test
    void findsEverybodyAgainAfterRestart() throws IOException, SQLException {
        try (StandaloneSystem system = StandaloneSystem.start(
                NO_MAIL_SERVER, "--spring.mail.host=127.0.0.1", "--spring.mail.port=" + Ports.free())) {
            Person person = Person.next();
            Client stranger = system.client();
            stranger.register(person).expect(201);
            Answer tokens = stranger.post("auth/token/", person.credentials()).expect(200);
            Client user = stranger.with("Bearer", tokens.text("access"));
            user.patch("user/", "{\"surname\":\"Changed\"}").expect(200);
            user.post("verify-email/").expect(200);
            String profile = user.get("user/").expect(200).body();

            grantTheRelay("revoke delete on relay_acknowledged from users_command", system);
            assertThat(system.stop()).as("exit code").isIn(0, 143);
            replaceTheMasterKey(system);
            system.deleteData("kafka");
            isReadyOnlyAfterTheTopicIsCompleteAgain(system);

            // the topic was empty, and so were the views: both were filled from the store before it was ready
            assertThat(once(user, "user/executor/")).contains("\"Changed\"");
            assertThat(once(user, "user/")).isEqualTo(profile);
            stranger.signIn(person);
            Answer refreshed = stranger.post("auth/token/refresh", "{\"refresh\":\"" + tokens.text("refresh") + "\"}")
                    .expect(200);
            stranger.with("Bearer", refreshed.text("access")).get("user/").expect(200);

            String code = system.mails().awaitCode(person.email());
            user.post("accept-email/", "{\"code\":\"" + code + "\"}").expect(200);
            sentAgainWhatTheTopicLost(system, user);
            rebuildsDroppedViews(system, user);
            awaitEveryKeyUnderTheNewMasterKey(system);
            startsItsPostgresqlAgain(system, user);
            keepsWhatWasAcknowledgedBeforeAKillAndAnswersWhatItCutOff(system, user);
            isEmptyWithoutItsData(system, person);
            stopsWhenItsPostgresqlCannotBeStartedAgain(system);
        }
    }

    /** The right that the relay needs in order to begin again comes late, so that everything else is ready before. */
    private static void isReadyOnlyAfterTheTopicIsCompleteAgain(StandaloneSystem system) throws SQLException {
        system.relaunch();
        system.awaitPrinted("Sending events to Kafka: 0 of ");
        assertThat(system.printed()).doesNotContain("Ready:");
        grantTheRelay("grant delete on relay_acknowledged to users_command", system);
        system.awaitReady();
    }

    private static void grantTheRelay(String change, StandaloneSystem system) throws SQLException {
        try (Connection superuser = system.connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(change);
        }
    }

    /** Asks once: views that are behind do not get time to follow. */
    private static String once(Client user, String path) {
        return user.send("GET", path, null, Map.of()).expect(200).body();
    }

    /** As {@code ./run rotate-master-key} does it, and what its owner is told to do next. */
    private static void replaceTheMasterKey(StandaloneSystem system) throws IOException {
        assertThat(system.run("rotate-master-key")).contains("There is a new master key in", "Start again");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets(system))))
                .isEqualTo("rw-------");
    }

    private static void awaitEveryKeyUnderTheNewMasterKey(StandaloneSystem system) {
        Patience.await("all keys under the new master key")
                .until(() -> system.printed().contains("users.previous-master-keys is no longer needed"));
    }

    private static void forgetTheFormerMasterKey(StandaloneSystem system) throws IOException {
        List<String> lines = Files.readAllLines(secrets(system));
        List<String> needed = lines.stream()
                .filter(line -> !line.startsWith("users.previous-master-keys"))
                .toList();
        assertThat(needed).hasSize(lines.size() - 1);
        Files.write(secrets(system), needed);
    }

    private static Path secrets(StandaloneSystem system) {
        return system.data().resolve("secrets.properties");
    }

    private static void rebuildsDroppedViews(StandaloneSystem system, Client user) {
        String before = user.get("user/").expect(200).body();
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            mongo.getDatabase("users_query").drop();
            mongo.getDatabase("users_notification").drop();
        }
        Patience.await("rebuilt view")
                .untilAsserted(
                        () -> assertThat(user.get("user/").expect(200).body()).isEqualTo(before));
    }

    private static void startsItsPostgresqlAgain(StandaloneSystem system, Client user) {
        String before = system.printed();
        ProcessHandle postmaster = system.postmaster().orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        assertThat(user.patch("user/", "{\"surname\":\"After the end\"}").status())
                .isIn(200, 503);
        Patience.await("the line that says so")
                .until(() -> system.printed().contains("PostgreSQL ended and was started again."));
        Patience.await("a change after the end of PostgreSQL")
                .until(() ->
                        user.patch("user/", "{\"surname\":\"After the end\"}").status() == 200);
        assertThat(system.printed().substring(before.length())).doesNotContain("\tat ");
    }

    private static void keepsWhatWasAcknowledgedBeforeAKillAndAnswersWhatItCutOff(StandaloneSystem system, Client user)
            throws IOException {
        long id = user.id();
        int before = new EventStore(system.eventStore()).eventsOf(id).size();
        for (int i = 1; i <= 50; i++) {
            user.patch("user/", "{\"surname\":\"Surname " + i + "\"}").expect(200);
        }
        List<Person> people = Stream.generate(Person::next).limit(40).toList();
        killWhileTheyRegister(system, people);
        forgetTheFormerMasterKey(system);
        system.restart();

        people.forEach(person -> registerOnce(system, person).expect(201));
        people.forEach(person -> system.client().register(person).expect(409));
        assertThat(new EventStore(system.eventStore()).eventsOf(id)).hasSize(before + 50);
        EventTopic topic = new EventTopic(system.kafka());
        Patience.await("all changes on the topic")
                .until(() -> topic.recordsOf(id).stream()
                                .map(r -> r.key().version())
                                .distinct()
                                .count()
                        == before + 50);
        Patience.await("last change in the view")
                .untilAsserted(() -> assertThat(user.get("user/").expect(200).text("surname"))
                        .isEqualTo("Surname 50"));
    }

    /** Some registrations are answered, some are done and not answered, some are not done: the client cannot tell. */
    private static void killWhileTheyRegister(StandaloneSystem system, List<Person> people) {
        CountDownLatch someAreAnswered = new CountDownLatch(5);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Person person : people) {
                clients.execute(() -> {
                    try {
                        registerOnce(system, person);
                        someAreAnswered.countDown();
                    } catch (UncheckedIOException cutOff) {
                        assertThat(cutOff).hasMessageContaining("auth/registration/");
                    }
                });
            }
            assertThat(someAreAnswered.await(60, TimeUnit.SECONDS)).isTrue();
            system.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer registerOnce(StandaloneSystem system, Person person) {
        return system.client()
                .send(
                        "POST",
                        "auth/registration/",
                        person.registration(),
                        Map.of("Idempotency-Key", "register" + person.number()));
    }

    private static void sentAgainWhatTheTopicLost(StandaloneSystem system, Client user) {
        int events = new EventStore(system.eventStore()).eventsOf(user.id()).size();
        EventTopic topic = new EventTopic(system.kafka());
        Patience.await("all events on the new topic")
                .untilAsserted(() -> assertThat(topic.recordsOf(user.id())).hasSize(events));
    }

    private static void isEmptyWithoutItsData(StandaloneSystem system, Person person) {
        system.stop();
        system.deleteData(".");
        system.restart();

        system.client().post("auth/token/", person.credentials()).expect(401);
        assertThat(system.mails().to(person.email())).isEmpty();
        system.client().register(person).expect(201);
    }

    /** A setting that PostgreSQL does not know makes every start fail. */
    private static void stopsWhenItsPostgresqlCannotBeStartedAgain(StandaloneSystem system) throws IOException {
        Files.writeString(system.data().resolve("postgres/data/postgresql.auto.conf"), "no_such_setting = on\n");
        system.postmaster().orElseThrow().destroyForcibly();
        assertThat(system.exitCode()).isEqualTo(1);
        Path log = system.data().resolve("postgres/postgres.log");
        assertThat(system.printed().lines())
                .contains("Users stops: PostgreSQL ended and did not start again; see " + log
                        + " (10 starts failed, the last one because pg_ctl ended with code 1)");
        assertThat(system.printed()).doesNotContain("\tat ");
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("\"no_such_setting\""))
                .hasSize(10);
    }
}
