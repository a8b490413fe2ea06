package app.users.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.EventHeaders;
import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.UserErased;
import app.users.kafka.MailStateRecord;
import app.users.notification.ledger.DeliveryResult;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.LedgerEntry;
import app.users.notification.letters.Mail;
import app.users.testservers.Mailbox;
import app.users.testservers.MongoProxy;
import app.users.testservers.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From records on a real topic to mails in a real mailbox. */
@SpringBootTest(
        classes = NotificationServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=notification", "users.notification.lease=20s"})
@SuppressWarnings("NullAway.Init") // set before the tests
class MailerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong IDS = new AtomicLong();
    private static final Mailbox MAILBOX = TestServers.mail();
    private static final PickySmtp SMTP = new PickySmtp(MAILBOX.smtpPort());
    private static final MongoProxy MONGO = new MongoProxy(TestServers.mongoUri());
    private static final ConfirmationCode CODES = new ConfirmationCode(new byte[32]);

    @Autowired
    private MongoClient mongo;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    private final JsonMapper json = JsonMapper.builder().build();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        Kafka.makeEvents();
        registry.add("spring.kafka.bootstrap-servers", TestServers::kafka);
        registry.add("spring.mongodb.uri", MONGO::uri);
        registry.add("spring.mail.port", SMTP::port);
        registry.add("users.notification.sms.url", MAILBOX::texts);
        registry.add("users.confirmation.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    @AfterEach
    void comeBack() {
        SMTP.comeBack();
    }

    @AfterAll
    static void stop() throws IOException {
        SMTP.close();
    }

    @Test
    void theCodeArrivesByMail() {
        EmailConfirmationRequested request = request("u");
        Kafka.publish("mail event", 2, request);
        String code = CODES.derive(Purpose.EMAIL, request.user(), request.email(), request.request());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(request.email()))
                        .singleElement()
                        .asString()
                        .contains(code));
        awaitStates(request.user(), 2, "QUEUED", "SENT");
    }

    /** Kafka notes the append: an outage may have kept the state for long. */
    @Test
    void eachStateOfAMailIsACloudEventAndHasTheTimestampOfItsAppend() {
        EmailConfirmationRequested request = request("u");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Kafka.publish("told event", 2, request);
        awaitStates(request.user(), 2, "QUEUED", "SENT");
        List<ConsumerRecord<String, byte[]>> records = Kafka.records(request.user(), 2);
        assertThat(records).allSatisfy(record -> {
            MailState state = MailStateRecord.read(record).orElseThrow();
            assertThat(header(record, EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
            assertThat(header(record, EventHeaders.TYPE)).isEqualTo("user.mail-state.v1");
            assertThat(header(record, EventHeaders.SOURCE)).isEqualTo("/users/notification");
            assertThat(header(record, EventHeaders.SUBJECT)).isEqualTo(Long.toString(request.user()));
            assertThat(header(record, EventHeaders.TIME)).isEqualTo(state.at().toString());
            assertThat(header(record, EventHeaders.CONTENT_TYPE)).isEqualTo("application/json");
            assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(Instant.ofEpochMilli(record.timestamp())).isAfterOrEqualTo(before);
        });
        assertThat(records)
                .extracting(record -> header(record, EventHeaders.ID))
                .doesNotHaveDuplicates();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void theCodeArrivesAsTextMessage() {
        NumberConfirmationRequested request = textRequest();
        Kafka.publish("text event", 2, request);
        String code = CODES.derive(Purpose.NUMBER, request.user(), request.number(), request.request());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(request.number()))
                        .singleElement()
                        .asString()
                        .contains(code));
        awaitStates(request.user(), 2, "QUEUED", "SENT");
    }

    @Test
    void aNoticeAndAResetArrive() {
        long user = IDS.incrementAndGet();
        Instant expires = Instant.now().plusSeconds(600);
        Kafka.publish(
                "notice",
                2,
                new NoticeRequested(user, List.of("email"), "n" + user + "@x.io", "Ivan", "ru", "undo", expires));
        Kafka.publish("reset", 3, new PasswordResetRequested(user, "r", "p" + user + "@x.io", "Ivan", "en", expires));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(arrived("n" + user + "@x.io"))
                    .singleElement()
                    .asString()
                    .contains("- почта", CODES.undoToken(user, "undo"));
            assertThat(arrived("p" + user + "@x.io"))
                    .singleElement()
                    .asString()
                    .contains(CODES.derive(Purpose.PASSWORD, user, "p" + user + "@x.io", "r"));
        });
    }

    @Test
    void aRepeatedEventSendsNoSecondMail() {
        EmailConfirmationRequested twice = request("u");
        Kafka.publish("same event", 2, twice);
        awaitStates(twice.user(), 2, "QUEUED", "SENT");
        Kafka.publish("same event", 2, twice);
        awaitNext();
        assertThat(arrived(twice.email())).hasSize(1);
        awaitStates(twice.user(), 2, "QUEUED", "SENT");
    }

    @Test
    void whatHasExpiredIsNotSent() {
        long user = IDS.incrementAndGet();
        Instant past = Instant.now().minusSeconds(1);
        Kafka.publish(
                "late code", 2, new EmailConfirmationRequested(user, "r", user + "@x.io", "Ivan", "en", past, past));
        Kafka.publish(
                "old notice",
                3,
                new NoticeRequested(user, List.of("email"), user + "@x.io", "Ivan", "en", null, null),
                Instant.now().minus(Duration.ofHours(25)));
        awaitStates(user, 2, "QUEUED", "FAILED expired");
        awaitStates(user, 3, "QUEUED", "FAILED expired");
        assertThat(arrived(user + "@x.io")).isEmpty();
    }

    @Test
    void anOldEventThatIsSentAgainIsNews() {
        long user = IDS.incrementAndGet();
        Instant old = Instant.now().minus(Duration.ofDays(3));
        Kafka.publish(
                "history", 2, new EmailConfirmationRequested(user, "r", user + "@x.io", "Ivan", "en", old, old), old);
        awaitNext();
        assertThat(Kafka.states(user, 2)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        Kafka.publish("unreadable", 2, IDS.incrementAndGet(), "user.email-confirmation-requested.v1", "no json");
        Kafka.publish("unknown", 3, IDS.incrementAndGet(), "user.never-heard-of.v1", "{}");
        awaitNext();
    }

    @Test
    void aMailWaitsForTheMailServerAndTextMessagesDoNot() {
        SMTP.leave();
        EmailConfirmationRequested patient = request("u");
        Kafka.publish("patient event", 2, patient);
        awaitStates(patient.user(), 2, "QUEUED", "DEFERRED unreachable");
        NumberConfirmationRequested meanwhile = textRequest();
        Kafka.publish("meanwhile", 2, meanwhile);
        awaitStates(meanwhile.user(), 2, "QUEUED", "SENT");
        SMTP.comeBack();
        awaitStates(patient.user(), 2, "QUEUED", "DEFERRED unreachable", "SENT");
        assertThat(arrived(patient.email())).hasSize(1);
    }

    @Test
    void aRefusalForGoodStopsNobodyElse() {
        EmailConfirmationRequested refused = request("refused");
        Kafka.publish("refused event", 2, refused);
        awaitNext();
        awaitStates(refused.user(), 2, "QUEUED", "FAILED refused");
        assertThat(ledger().find(Filters.eq("_id", "refused event")).first()).doesNotContainKey("mail");
        assertThat(meters.counter("users.mails", "kind", "email", "state", "failed")
                        .count())
                .isPositive();
    }

    @Test
    void aRefusalForNowIsTriedAgain() {
        EmailConfirmationRequested busy = request("busy");
        Kafka.publish("busy event", 2, busy);
        awaitStates(busy.user(), 2, "QUEUED", "DEFERRED unreachable", "SENT");
        assertThat(arrived(busy.email())).hasSize(1);
    }

    @Test
    void aDroppedLedgerLosesNothingAndSendsNothingTwice() {
        EmailConfirmationRequested before = request("u");
        Kafka.publish("sent before the drop", 2, before);
        awaitStates(before.user(), 2, "QUEUED", "SENT");
        SMTP.leave();
        EmailConfirmationRequested waiting = request("u");
        Kafka.publish("waiting at the drop", 2, waiting);
        awaitStates(waiting.user(), 2, "QUEUED", "DEFERRED unreachable");

        database().drop();

        SMTP.comeBack();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(waiting.email())).hasSize(1));
        awaitNext();
        assertThat(arrived(waiting.email())).hasSize(1);
        assertThat(arrived(before.email())).hasSize(1);
    }

    @Test
    void aWaitingMailOfAnErasedUserIsDropped() {
        SMTP.leave();
        EmailConfirmationRequested request = request("u");
        Kafka.publish("of the erased", 2, request);
        awaitStates(request.user(), 2, "QUEUED", "DEFERRED unreachable");
        Kafka.publish("erased", 3, new UserErased(request.user()));
        awaitStates(request.user(), 2, "QUEUED", "DEFERRED unreachable", "FAILED erased");
        assertThat(ledger().find(Filters.eq("_id", "of the erased")).first()).doesNotContainKey("mail");
        SMTP.comeBack();
        awaitNext();
        assertThat(arrived(request.email())).isEmpty();
    }

    @Test
    void aNewerCodeReplacesTheOneThatStillWaits() {
        SMTP.leave();
        EmailConfirmationRequested older = request("u");
        Kafka.publish("older", 2, older);
        awaitStates(older.user(), 2, "QUEUED", "DEFERRED unreachable");
        EmailConfirmationRequested newer = new EmailConfirmationRequested(
                older.user(), "newer", older.email(), "Ivan", "en", older.expires(), older.expires());
        Kafka.publish("newer", 3, newer);
        awaitStates(older.user(), 2, "QUEUED", "DEFERRED unreachable", "FAILED replaced");
        SMTP.comeBack();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(older.email()))
                        .singleElement()
                        .asString()
                        .contains(CODES.derive(Purpose.EMAIL, older.user(), older.email(), "newer")));
    }

    @Test
    void whatADeadSenderHadInHandIsTakenOver() {
        long user = IDS.incrementAndGet();
        Instant now = Instant.now();
        Instant end = now.plusSeconds(3);
        new Ledger(database()).add(List.of(mail(user, "in dead hands")), "nobody", now);
        // as its claim left it
        ledger().updateOne(
                        Filters.eq("_id", "in dead hands"),
                        Updates.combine(Updates.unset("held"), Updates.set("tries", 1), Updates.set("due", end)));
        awaitStates(user, 2, "SENT");
        assertThat(Kafka.states(user, 2).getFirst().at()).isAfterOrEqualTo(end.minusMillis(1));
        assertThat(arrived(user + "@x.io")).hasSize(1);
    }

    @Test
    void anOutcomeThatCouldNotBeToldIsToldAndNotSentAgain() {
        long user = IDS.incrementAndGet();
        Instant now = Instant.now();
        LedgerEntry sent = new LedgerEntry(
                "sent but not told", user, 2, Kind.EMAIL, State.QUEUED, now, 1, null, mail(user, "sent but not told"));
        new Ledger(database()).note(sent, DeliveryResult.SENT, now);
        awaitStates(user, 2, "SENT");
        assertThat(arrived(user + "@x.io")).isEmpty();
    }

    @Test
    void whoLeftWhileNobodyReadGetsNothingAndWhoAskedTwiceOneCode() {
        EmailConfirmationRequested gone = request("u");
        EmailConfirmationRequested older = request("u");
        EmailConfirmationRequested newer = new EmailConfirmationRequested(
                older.user(), "newer", older.email(), "Ivan", "en", older.expires(), older.expires());
        whileNobodyReads(() -> {
            Kafka.publish("of the gone", 2, gone);
            Kafka.publish("first of two", 2, older);
            Kafka.publish("second of two", 3, newer);
            Kafka.publish("gone", 3, new UserErased(gone.user()));
        });
        awaitNext();
        awaitStates(older.user(), 2, "QUEUED", "FAILED replaced");
        awaitStates(older.user(), 3, "QUEUED", "SENT");
        assertThat(arrived(older.email())).hasSize(1);
        assertThat(arrived(gone.email())).isEmpty();
        assertThat(Kafka.states(gone.user(), 2)).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAgainSendsOnlyWhatIsNew() {
        EmailConfirmationRequested before = request("u");
        Kafka.publish("before the loss", 2, before);
        awaitStates(before.user(), 2, "QUEUED", "SENT");
        EmailConfirmationRequested after = request("u");
        whileNobodyReads(() -> {
            Kafka.replaceEvents();
            Kafka.publish("after the loss", 2, after);
            Kafka.publish("before the loss", 2, before);
        });
        awaitNext();
        assertThat(arrived(after.email())).hasSize(1);
        assertThat(arrived(before.email())).hasSize(1);
    }

    /** What was written meanwhile is not on the new primary. */
    @ParameterizedTest
    @EnumSource(
            value = MongoProxy.Mode.class,
            names = {"STEPS_DOWN", "NOT_REPLICATED"})
    void aMailWhoseEntryAPrimaryLosesIsSent(MongoProxy.Mode mode) {
        EmailConfirmationRequested request = request("u");
        try (MongoClient client = MongoClients.create(TestServers.mongoUri())) {
            MONGO.become(mode);
            Kafka.publish("while the primary is " + mode, 2, request);
            await().atMost(PATIENCE).until(() -> MONGO.failed() >= 3);
            client.getDatabase("users_notification")
                    .getCollection("mails")
                    .deleteMany(Filters.eq("user", request.user()));
        } finally {
            MONGO.become(MongoProxy.Mode.PASSES);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(request.email())).hasSize(1));
        awaitNext();
        assertThat(arrived(request.email())).hasSize(1);
    }

    private void whileNobodyReads(Runnable step) {
        MessageListenerContainer intake = Objects.requireNonNull(listeners.getListenerContainer("notification-intake"));
        intake.stop();
        step.run();
        intake.start();
    }

    private static Mail mail(long user, String event) {
        Instant expires = Instant.now().plusSeconds(600);
        return new Mail(event, user, 2, Kind.EMAIL, user + "@x.io", "Ivan", "en", "r", List.of(), null, expires);
    }

    private MongoDatabase database() {
        return mongo.getDatabase("users_notification");
    }

    private com.mongodb.client.MongoCollection<Document> ledger() {
        return database().getCollection("mails");
    }

    private static void awaitStates(long user, long version, String... expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Kafka.states(user, version))
                        .extracting(MailerIT::shown)
                        .containsExactly(expected));
    }

    private static String shown(MailState state) {
        return state.reason() == null ? state.state().name() : state.state() + " " + state.reason();
    }

    /** Everything published before has been handled when this one has arrived. */
    private void awaitNext() {
        EmailConfirmationRequested next = request("u");
        Kafka.publish("next " + next.user(), 2, next);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(arrived(next.email())).isNotEmpty());
    }

    private static EmailConfirmationRequested request(String mailbox) {
        long user = IDS.incrementAndGet();
        Instant expires = Instant.now().plusSeconds(600);
        return new EmailConfirmationRequested(
                user, "r" + user, mailbox + user + "@it.example", "Ivan", "en", expires, expires);
    }

    private static NumberConfirmationRequested textRequest() {
        long user = IDS.incrementAndGet();
        Instant expires = Instant.now().plusSeconds(600);
        return new NumberConfirmationRequested(
                user, "r" + user, "+7900000" + (1000 + user), "Ivan", "en", expires, expires);
    }

    private List<String> arrived(String to) {
        JsonNode all = json.readTree(MAILBOX.mails());
        return StreamSupport.stream(all.spliterator(), false)
                .filter(m -> Objects.equals(m.path("to").asString(""), to))
                .map(m -> m.path("text").asString(""))
                .toList();
    }
}
