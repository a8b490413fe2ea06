package app.users.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.embedded.MailServer;
import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** From records on a real topic to mails in a real mailbox. */
@SpringBootTest(
        classes = NotificationServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=notification")
@SuppressWarnings("NullAway.Init") // set before the tests
class MailerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong IDS = new AtomicLong();
    private static final int SMTP = freePort();
    private static final int IMAP = freePort();
    private static final int PAGE = freePort();

    @TempDir
    private static Path folder;

    private static MailServer mail;

    private final JsonMapper json = JsonMapper.builder().build();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
            // one partition: what is published later is also handled later
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 1, (short) 1)))
                    .all()
                    .get();
        }
        registry.add("spring.kafka.bootstrap-servers", TestServers::kafka);
        registry.add("spring.mongodb.uri", TestServers::mongoUri);
        registry.add("spring.mail.port", () -> SMTP);
        registry.add("users.confirmation.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    @BeforeAll
    static void start() {
        mail = MailServer.start(folder, SMTP, IMAP, PAGE);
    }

    @AfterAll
    static void stop() {
        mail.close();
    }

    @Test
    void theCodeArrives() throws Exception {
        EmailConfirmationRequested request = request(Instant.now().plusSeconds(600));
        publish("event", request);
        String code = new ConfirmationCode(new byte[32])
                .derive(Purpose.EMAIL, request.user(), request.email(), request.request());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails(request)).contains(code));
    }

    @Test
    void aRepeatedEventSendsNoSecondMail() throws Exception {
        EmailConfirmationRequested twice = request(Instant.now().plusSeconds(600));
        publish("same event", twice);
        publish("same event", twice);
        awaitNext();
        assertThat(mails(twice).split("\"subject\"")).hasSize(2);
    }

    @Test
    void anExpiredCodeIsNotSent() throws Exception {
        EmailConfirmationRequested late = request(Instant.now().minusSeconds(1));
        publish("late event", late);
        awaitNext();
        assertThat(mails(late)).isEqualTo("[]");
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        publish("unreadable event", "no json".getBytes(StandardCharsets.UTF_8), 1);
        awaitNext();
    }

    @Test
    void aMailWaitsForTheMailServer() throws Exception {
        mail.close();
        EmailConfirmationRequested patient = request(Instant.now().plusSeconds(600));
        publish("patient event", patient);
        mail = MailServer.start(folder, SMTP, IMAP, PAGE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails(patient)).contains("code is"));
    }

    /** Everything published before has been handled when this one has arrived. */
    private void awaitNext() throws Exception {
        EmailConfirmationRequested next = request(Instant.now().plusSeconds(600));
        publish("next " + next.user(), next);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails(next)).contains("code is"));
    }

    private static EmailConfirmationRequested request(Instant expires) {
        long user = IDS.incrementAndGet();
        return new EmailConfirmationRequested(
                user, "r" + user, "u" + user + "@it.example", "Ivan", "en", expires, expires);
    }

    private void publish(String id, EmailConfirmationRequested event) throws Exception {
        publish(id, json.writeValueAsBytes(event), event.user());
    }

    private static void publish(String id, byte[] value, long user) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestServers.kafka());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<String, byte[]>(Topics.EVENTS, new EventKey(user, 2).toString(), value);
            String type = EventType.named("user.email-confirmation-requested.v1")
                    .orElseThrow()
                    .wireName();
            record.headers().add(EventHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
            record.headers().add(EventHeaders.ID, id.getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    private static String mails(EmailConfirmationRequested request) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + PAGE + "/mails.json?to=" + request.email());
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
