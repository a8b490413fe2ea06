package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is published stays: the schemas and the description of the topics are what the records say, no schema breaks who read
 * the last one, and each golden event, never edited, still loads and is still written the same.
 */
class EventContractTest {

    private static final String WRITE = "./mvnw test -pl shared-events -Dtest=EventContractTest -Ddocs.write=true";
    private static final Path SCHEMAS = Path.of("src/main/resources/events/schemas");
    private static final Path ASYNCAPI = Path.of("src/main/resources/events/asyncapi.json");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static EventSchemas schemas;

    @BeforeAll
    static void read() throws IOException {
        schemas = new EventSchemas(EventComments.read());
    }

    static Set<String> names() {
        return PublishedEvents.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void schemaIsWhatTheRecordSays(String name) throws IOException {
        Path file = SCHEMAS.resolve(name + ".json");
        ObjectNode now = schemas.of(name, type(name));
        if (Files.exists(file)) {
            assertThat(Incompatibility.between(JSON.readTree(Files.readString(file)), now))
                    .as("%s is published: give what breaks its readers a new name, .v2", name)
                    .isEmpty();
        }
        assertIs(file, now);
    }

    @Test
    void nothingThatIsPublishedDisappears() throws IOException {
        Set<String> ever =
                Stream.concat(names().stream(), PublishedEvents.old().stream()).collect(Collectors.toSet());
        for (Path folder : List.of(SCHEMAS, GOLDEN)) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> wireName(file.getFileName().toString()))
                                .collect(Collectors.toSet()))
                        .isEqualTo(ever);
            }
        }
    }

    /** Of a golden example: what follows a plus says which fields it has that the first example of the event does not. */
    private static String wireName(String file) {
        return file.replaceFirst("([+].*)?[.]json$", "");
    }

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> names().contains(wireName(file)))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void goldenEventStillLoadsAndIsWrittenTheSame(String file) throws IOException {
        String name = wireName(file);
        JsonNode golden = JSON.readTree(Files.readString(GOLDEN.resolve(file)));
        Object event = JSON.treeToValue(golden, type(name));
        assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden);
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schemas.of(name, type(name)))
                        .validate(golden))
                .isEmpty();
    }

    static Set<String> oldNames() {
        return PublishedEvents.old();
    }

    @ParameterizedTest
    @MethodSource("oldNames")
    void anOldVersionIsReadAsTodays(String name) throws IOException {
        String golden = Files.readString(GOLDEN.resolve(name + ".json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.readTree(Files.readString(SCHEMAS.resolve(name + ".json"))))
                        .validate(JSON.readTree(golden)))
                .isEmpty();
        UserEvent event = EventType.named(name).orElseThrow().read(golden.getBytes(StandardCharsets.UTF_8));
        EventType today = EventType.of(event);
        assertThat(today.wireName().replaceFirst("[0-9]+$", "")).isEqualTo(name.replaceFirst("[0-9]+$", ""));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schemas.of(today.wireName(), today.eventClass()))
                        .validate(JSON.readTree(JSON.writeValueAsString(event))))
                .isEmpty();
    }

    @Test
    void topicsAreDescribedAsTheRecordsSay() throws IOException {
        ObjectNode document = AsyncApi.describe(schemas);
        try (InputStream schema = Objects.requireNonNull(getClass().getResourceAsStream("/asyncapi-3.0-schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(document))
                    .isEmpty();
        }
        assertIs(ASYNCAPI, document);
    }

    private static Class<?> type(String name) {
        return Objects.requireNonNull(PublishedEvents.all().get(name));
    }

    private static void assertIs(Path file, JsonNode document) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        String text = JSON.writer()
                        .with(new DefaultPrettyPrinter()
                                .withObjectIndenter(lines)
                                .withArrayIndenter(lines))
                        .writeValueAsString(document)
                + "\n";
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s is not what the code says; rewrite it with%n%s%n", file, WRITE)
                .hasContent(text);
    }

    /** What in a new schema breaks those who read by the old one. */
    private static final class Incompatibility {

        private final List<String> found = new ArrayList<>();

        static List<String> between(JsonNode published, JsonNode now) {
            Incompatibility incompatibility = new Incompatibility();
            incompatibility.compare("", published, now);
            return incompatibility.found;
        }

        private void compare(String at, JsonNode published, JsonNode now) {
            for (String word : List.of("type", "format", "x-personal", "enum")) {
                if (!published.path(word).equals(now.path(word))) {
                    found.add(at + " " + word + " was " + published.path(word) + " and is " + now.path(word));
                }
            }
            if (published.has("items")) {
                compare(at + "[]", published.get("items"), now.path("items"));
            }
            JsonNode properties = published.path("properties");
            for (String property : properties.propertyNames()) {
                if (now.path("properties").has(property)) {
                    compare(
                            at + "/" + property,
                            properties.get(property),
                            now.get("properties").get(property));
                } else {
                    found.add(at + "/" + property + " is gone");
                }
            }
            Set<String> was = texts(published.path("required"));
            Set<String> is = texts(now.path("required"));
            was.stream()
                    .filter(name -> !is.contains(name))
                    .forEach(name -> found.add(at + "/" + name + " may be absent now"));
            is.stream()
                    .filter(name -> !was.contains(name))
                    .forEach(name -> found.add(at + "/" + name + " is required, which earlier events do not know"));
        }

        private static Set<String> texts(JsonNode values) {
            return values.valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
        }
    }
}
