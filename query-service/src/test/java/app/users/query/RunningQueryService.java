package app.users.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.embedded.DocumentServer;
import app.users.events.Change;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.MailState;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.UserRegistered;
import app.users.query.rebuild.ViewSets;
import app.users.testservers.MongoProxy;
import app.users.testservers.SecuredKafka;
import app.users.testservers.TestServers;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
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
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The read side over HTTP, on a real Kafka, where it has the least rights that it needs, and the MongoDB emulator; one for all tests
 * that extend it.
 */
@SpringBootTest(
        classes = {QueryServiceApplication.class, RunningQueryService.Keys.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web,query", "management.server.port=0", "users.lag.patience=4s"})
abstract class RunningQueryService {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ECKey KEY = key();
    private static final String MANAGEMENT_TOKEN = Base64.getEncoder().encodeToString(new byte[32]);
    static final AtomicLong IDS = new AtomicLong(1000);
    static final SecuredKafka KAFKA = TestServers.securedKafka();
    static final String KAFKA_USER = "query";
    static DocumentServer mongo = DocumentServer.start(freePort());
    static final int MONGO_PORT = URI.create(mongo.uri()).getPort();
    static final MongoProxy MONGO_PROXY = new MongoProxy(mongo.uri());

    @TestConfiguration(proxyBeanMethods = false)
    static class Keys {
        @Bean
        JWKSource<SecurityContext> testKeys() {
            return new ImmutableJWKSet<>(new JWKSet(KEY));
        }
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.plain()))) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 3, (short) 1)))
                    .all()
                    .get();
        }
        KAFKA.queryService(KAFKA_USER).forEach((name, value) -> registry.add(name, () -> value));
        registry.add("spring.mongodb.uri", MONGO_PROXY::uri);
        registry.add("users.management.token", () -> MANAGEMENT_TOKEN);
        registry.add("users.token.issuer", () -> "http://test/users");
    }

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    ViewSets sets;

    private final HttpClient http = HttpClient.newHttpClient();
    final JsonMapper json = JsonMapper.builder().build();

    static void makeMailTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.plain()))) {
            if (!admin.listTopics().names().get().contains(Topics.MAIL)) {
                admin.createTopics(List.of(new NewTopic(Topics.MAIL, 3, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    static UserRegistered registered(long user) {
        return new UserRegistered(user, "S", "N", "P", "A", "e" + user + "@x.io", "+79967348137", true);
    }

    static ProfileChanged surname(long user, String from, String to) {
        return new ProfileChanged(user, new Change(from, to), null, null, null);
    }

    /** The same whenever it is sent. */
    private static String time(long version) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(version).toString();
    }

    void publish(long version, UserEvent event) throws InterruptedException, ExecutionException {
        publish(event.user(), version, EventType.of(event).wireName(), json.writeValueAsBytes(event));
    }

    static void publish(long user, long version, String type, byte[] value)
            throws InterruptedException, ExecutionException {
        int partition = (int) (user % 3);
        String key = new EventKey(user, version).toString();
        var record = new ProducerRecord<String, byte[]>(Topics.EVENTS, partition, key, value);
        header(record, EventHeaders.TYPE, type);
        header(record, EventHeaders.TIME, time(version));
        send(record);
    }

    void publish(MailState state) throws InterruptedException, ExecutionException {
        int partition = (int) (state.user() % 3);
        String key = new EventKey(state.user(), state.version()).toString();
        send(new ProducerRecord<>(Topics.MAIL, partition, key, json.writeValueAsBytes(state)));
    }

    private static void send(ProducerRecord<String, byte[]> record) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of("bootstrap.servers", KAFKA.plain());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static String token(long user, long version, long epoch) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("http://test/users")
                .audience("users")
                .subject(Long.toString(user))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("ver", version)
                .claim("sid", "a session")
                .claim("epoch", epoch)
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("JWT"))
                .keyID(KEY.getKeyID())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(KEY));
        return jwt.serialize();
    }

    HttpResponse<String> get(String path, @Nullable String access) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users/" + path))
                .header("Authorization", "Bearer " + access)
                .timeout(PATIENCE)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A busy machine may need longer for a view than one read waits. */
    void awaitView(long user) {
        await().atMost(PATIENCE).until(() -> get("user/", token(user, 1, 0)).statusCode() == 200);
    }

    /** Until a read shows this version and nothing older; on a busy machine, one read may end before it has come. */
    void awaitSurname(long user, long version, String surname) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = get("user/", token(user, version, 0));
            assertThat(answer.body()).contains("\"surname\":\"" + surname + "\"");
            assertThat(answer.headers().firstValue("Warning")).isEmpty();
        });
    }

    /** On the management port. */
    HttpResponse<String> manage(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + MANAGEMENT_TOKEN)
                .method(method, BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyIDFromThumbprint(true)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
