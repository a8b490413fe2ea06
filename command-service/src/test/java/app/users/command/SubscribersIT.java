package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import app.users.command.relay.UserPartitioner;
import app.users.events.EventHeaders;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.testservers.TestServers;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whoever subscribes gets what the store holds: by the examples of the documentation, and by the SDK of CloudEvents. */
class SubscribersIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("docs/subscribe");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Autowired
    private EventStore store;

    @TempDir
    private Path folder;

    private String user = "";

    /** A user of the topic alone. */
    private String mangled = "";

    @BeforeEach
    void somebodyWithAHistory() throws Exception {
        Person person = person();
        String body = person.body().replace("\"S\"", "\"Ångström\"").replace("\"N\"", "\"Жанна 李 🙂\"");
        assertThat(post("auth/registration/", body, "").statusCode()).isEqualTo(201);
        String access = tokens(person).get("access").asString();
        user = claim(access, "sub").asString();
        String change = "{\"name\":\"Zoë \\\"Z\\\"\",\"executor\":false}";
        assertThat(send("PATCH", "user/", change, access, "*", "X-Request-Id", "order-18", "traceparent", TRACE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("auth/token/revoke", "", access).statusCode()).isEqualTo(200);
        leaveTheTopicAsCompactionMay();
    }

    /** Of what was sent again in part, it keeps the later records: the first versions come last. */
    private void leaveTheTopicAsCompactionMay() throws Exception {
        await().atMost(PATIENCE).until(() -> records(user).size() == stored().size());
        List<ConsumerRecord<String, String>> all = records(user);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.kafka(), "partitioner.class", UserPartitioner.class.getName());
        mangled = user + "000000";
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (ConsumerRecord<String, String> record : List.of(all.get(2), all.get(1), all.get(0))) {
                var moved = new ProducerRecord<>(
                        Topics.EVENTS, null, record.key().replace(user + "/", mangled + "/"), record.value());
                record.headers().forEach(moved.headers()::add);
                moved.headers().remove("ce_subject").add("ce_subject", mangled.getBytes(StandardCharsets.UTF_8));
                producer.send(moved).get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void inJava() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-cp",
                jarOf(KafkaConsumer.class) + File.pathSeparator + jarOf(Logger.class),
                EXAMPLES.resolve("Subscribe.java").toString(),
                TestServers.kafka());
        List<JsonNode> told = told(command);
        assertThat(of(user, told)).isEqualTo(stored());
        assertThat(of(mangled, told))
                .extracting(line -> line.get("sequence").asLong())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void theExampleOfTheReadmeIsTheOneThatRuns() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme).contains("```java\n" + Files.readString(EXAMPLES.resolve("Subscribe.java")) + "```");
    }

    @Test
    void inNode() throws Exception {
        assumeThat(nodeIsRecent())
                .as(
                        "node 20.19 or newer and npm are on this machine; without them docs/subscribe/subscribe.mjs is not tried")
                .isTrue();
        for (String file : List.of("package.json", "package-lock.json", "subscribe.mjs")) {
            Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
        }
        run(List.of("npm", "ci", "--no-audit", "--no-fund"));
        List<JsonNode> told = told(List.of("node", "subscribe.mjs", TestServers.kafka()));
        assertThat(of(user, told)).isEqualTo(stored());
        assertThat(of(mangled, told))
                .extracting(line -> line.get("sequence").asLong())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void byTheSdkOfCloudEvents() {
        await().atMost(PATIENCE).until(() -> records(user).size() == stored().size());
        List<CloudEvent> events = new ArrayList<>();
        try (var deserializer = new CloudEventDeserializer()) {
            for (ConsumerRecord<String, String> record : records(user)) {
                events.add(deserializer.deserialize(
                        Topics.EVENTS, record.headers(), record.value().getBytes(StandardCharsets.UTF_8)));
            }
        }
        var messages = store.readEvents(user).asStream().toList();
        assertThat(events).hasSameSizeAs(messages);
        for (int i = 0; i < events.size(); i++) {
            CloudEvent event = events.get(i);
            UserEvent payload = (UserEvent) messages.get(i).getPayload();
            assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
            assertThat(event.getId()).isEqualTo(messages.get(i).getIdentifier());
            assertThat(event.getType()).isEqualTo(EventType.of(payload).wireName());
            assertThat(event.getSource()).isEqualTo(URI.create(EventHeaders.SOURCE_VALUE));
            assertThat(event.getSubject()).isEqualTo(user);
            assertThat(Objects.requireNonNull(event.getTime()).toInstant())
                    .isEqualTo(messages.get(i).getTimestamp());
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getExtension("sequence")).isEqualTo(Integer.toString(i + 1));
            assertThat(event.getExtension("actor")).isEqualTo(user);
            assertThat(event.getExtension("channel")).isEqualTo("rest");
            assertThat(json.readTree(Objects.requireNonNull(event.getData()).toBytes()))
                    .isEqualTo(onTheWire(payload));
        }
        assertThat(events.get(1).getExtensionNames())
                .containsExactlyInAnyOrder(
                        "sequence", "sortablesequence", "actor", "channel", "requestid", "traceparent");
        assertThat(events.get(1).getExtension("requestid")).asString().hasSize(36);
        assertThat(events.get(1).getExtension("traceparent"))
                .asString()
                .hasSize(TRACE.length())
                .isNotEqualTo(TRACE);
    }

    /** What the examples print of the events that the store holds. */
    private List<JsonNode> stored() {
        return store.readEvents(user)
                .asStream()
                .map(message -> onTheWire(Map.of(
                        "type",
                        EventType.of((UserEvent) message.getPayload()).wireName(),
                        "subject",
                        user,
                        "sequence",
                        message.getSequenceNumber() + 1,
                        "value",
                        message.getPayload())))
                .toList();
    }

    private JsonNode onTheWire(Object object) {
        return json.readTree(json.writeValueAsBytes(object));
    }

    /** What the process prints, as soon as it is as much as there is of both users. */
    private List<JsonNode> told(List<String> command) throws Exception {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try {
            await().atMost(PATIENCE)
                    .failFast(() -> assertThat(process.isAlive())
                            .as(Files.readString(folder.resolve("errors")))
                            .isTrue())
                    .until(() -> of(user, linesOf(printed)).size() >= stored().size()
                            && of(mangled, linesOf(printed)).size() >= 3);
            return linesOf(printed);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<JsonNode> linesOf(Path printed) throws IOException {
        String text = Files.readString(printed);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(json::readTree)
                .toList();
    }

    private static List<JsonNode> of(String user, List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.get("subject").asString().equals(user))
                .toList();
    }

    private boolean nodeIsRecent() {
        try {
            String[] version =
                    run(List.of("node", "--version")).strip().substring(1).split("\\.");
            run(List.of("npm", "--version"));
            int major = Integer.parseInt(version[0]);
            return major > 20 || major == 20 && Integer.parseInt(version[1]) >= 19;
        } catch (IOException missing) {
            return false;
        }
    }

    private String run(List<String> command) throws IOException {
        Path printed = folder.resolve("printed-by-" + command.getFirst());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }

    private static String jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
