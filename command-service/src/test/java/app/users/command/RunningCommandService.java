package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.Topics;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The write side over HTTP, on a real PostgreSQL and a real Kafka; one for all tests that extend it. */
@CommandServiceTest
abstract class RunningCommandService {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    static final String MANAGEMENT_TOKEN = KEY;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) throws java.security.GeneralSecurityException {
        var database = TestServers.postgres();
        registry.add("spring.datasource.url", database::jdbcUrl);
        registry.add("spring.datasource.username", database::user);
        registry.add("spring.datasource.password", database::password);
        registry.add("spring.flyway.user", database::owner);
        registry.add("spring.flyway.password", database::ownerPassword);
        registry.add("spring.kafka.bootstrap-servers", TestServers::kafka);
        for (String key :
                List.of("users.master-key", "users.hash-key", "users.refresh-key", "users.confirmation.key")) {
            registry.add(key, () -> KEY);
        }
        registry.add("users.management.token", () -> MANAGEMENT_TOKEN);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        registry.add("users.token.signing-key", () -> Base64.getEncoder().encodeToString(pkcs8));
    }

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    /** Has the rights of the service. */
    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    private Environment environment;

    private final HttpClient http = HttpClient.newHttpClient();
    final JsonMapper json = JsonMapper.builder().build();

    /** Connects as the owner of the tables. */
    JdbcTemplate asOwner() {
        return new JdbcTemplate(new DriverManagerDataSource(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password")));
    }

    record Person(String email, String number) {

        String body() {
            return "{\"surname\":\"S\",\"name\":\"N\",\"email\":\"%s\",\"number\":\"%s\",\"password\":\"user1user1\"}"
                    .formatted(email, number);
        }
    }

    static Person person() {
        return person("u" + COUNTER.incrementAndGet() + "@it.example");
    }

    static Person person(String email) {
        return new Person(email, "+7996%07d".formatted(1_000_000 + COUNTER.incrementAndGet()));
    }

    String register(Person person) throws IOException, InterruptedException {
        assertThat(post("auth/registration/", person.body(), "").statusCode()).isEqualTo(201);
        return tokens(person).get("access").asString();
    }

    JsonNode tokens(Person person) throws IOException, InterruptedException {
        String body = "{\"email\":\"" + person.email() + "\",\"password\":\"user1user1\"}";
        return json.readTree(post("auth/token/", body, "").body());
    }

    JsonNode refresh(String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("auth/token/refresh", "{\"refresh\":\"" + token + "\"}", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    JsonNode claim(String access, String name) {
        return json.readTree(Base64.getUrlDecoder().decode(access.split("\\.")[1]))
                .get(name);
    }

    List<String> types(String access) {
        return jdbc.queryForList(
                "select payload_type from domain_event_entry where aggregate_identifier = ? order by sequence_number",
                String.class,
                claim(access, "sub").asString());
    }

    List<Long> sequences(String access) {
        return jdbc.queryForList(
                "select sequence_number from domain_event_entry where aggregate_identifier = ? order by 1",
                Long.class,
                claim(access, "sub").asString());
    }

    /** The code of the last request of this type. */
    String code(String access, String event, Purpose purpose, String address) {
        String id = claim(access, "sub").asString();
        String request = jdbc.queryForObject(
                "select payload->>'request' from domain_event_entry where aggregate_identifier = ?"
                        + " and payload_type = ? order by sequence_number desc limit 1",
                String.class,
                id,
                event);
        return new ConfirmationCode(new byte[32]).derive(purpose, Long.parseLong(id), address, String.valueOf(request));
    }

    void confirmEmail(String access, Person person) throws IOException, InterruptedException {
        assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        String code = code(access, "user.email-confirmation-requested.v1", Purpose.EMAIL, person.email());
        assertThat(post("accept-email/", "{\"code\":\"" + code + "\"}", access).statusCode())
                .isEqualTo(200);
    }

    /** Its copies get the next versions, as if the same change had been made again and again. */
    void repeatLastEvent(String user, int times) {
        jdbc.update("""
                insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                                payload_type, payload_revision, payload, meta_data)
                select gen_random_uuid()::text, aggregate_identifier, sequence_number + n, type, time_stamp,
                       payload_type, payload_revision, payload, meta_data
                from (select * from domain_event_entry where aggregate_identifier = ?
                      order by sequence_number desc limit 1) last, generate_series(1, ?) n""", user, times);
    }

    List<ConsumerRecord<String, String>> records(String user) {
        return allRecords(Topics.EVENTS).stream()
                .filter(r -> r.key().startsWith(user + "/"))
                .toList();
    }

    List<ConsumerRecord<String, String>> allRecords(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestServers.kafka());
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    HttpResponse<String> post(String path, String body, String access) throws IOException, InterruptedException {
        return send("POST", path, body, access);
    }

    /** As an operator, at an endpoint of the management port. */
    HttpResponse<String> operate(String endpoint, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + endpoint))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + MANAGEMENT_TOKEN)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String access)
            throws IOException, InterruptedException {
        return send(method, path, body, access, "*");
    }

    HttpResponse<String> send(String method, String path, String body, String access, String ifMatch, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!access.isEmpty()) {
            request.header("Authorization", "Bearer " + access);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    interface Rival<T> {
        Callable<T> number(int i);
    }

    static <T> List<T> atOnce(int rivals, Rival<T> rival) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = threads.invokeAll(
                    IntStream.range(0, rivals).mapToObj(rival::number).toList());
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
