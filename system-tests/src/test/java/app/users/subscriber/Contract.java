package app.users.subscriber;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is published about the topic: its name, and how key, headers and value of each event look. */
final class Contract {

    private static final String FOLLOW = "/operations/followUsers/channel";
    private static final String NO_EVENT = "_";
    private static final String DOCUMENT = "urn:asyncapi";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Shape(Schema key, Schema headers, Schema value) {}

    private final String topic;
    private final Map<String, Shape> shapes = new HashMap<>();

    /** @param published the text at a path of what the system serves */
    Contract(UnaryOperator<String> published) {
        String text = published.apply("asyncapi");
        JsonNode document = JSON.readTree(text);
        JsonNode channel = document.at(pointer(document.at(FOLLOW)));
        topic = channel.required("address").stringValue();
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of(DOCUMENT, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        channel.required("messages").properties().forEach(message -> {
            String at = DOCUMENT + "#" + pointer(message.getValue());
            shapes.put(
                    message.getKey(),
                    new Shape(
                            schemas.getSchema(SchemaLocation.of(at + "/bindings/kafka/key")),
                            schemas.getSchema(SchemaLocation.of(at + "/headers")),
                            schemas.getSchema(published.apply("events/schemas/" + message.getKey()))));
        });
    }

    private static String pointer(JsonNode reference) {
        return reference.required("$ref").stringValue().substring(1);
    }

    /** @param users where the system is; ends in a slash */
    static Contract of(URI users) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new Contract(path -> get(http, users.resolve(path)));
        }
    }

    private static String get(HttpClient http, URI uri) {
        try {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String topic() {
        return topic;
    }

    /** Nothing for a tombstone and for a record that carries no event. */
    Optional<Event> event(ConsumerRecord<String, @Nullable String> received) {
        String value = received.value();
        if (value == null || received.key().startsWith(NO_EVENT)) {
            return Optional.empty();
        }
        ObjectNode headers = JSON.createObjectNode();
        received.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        String type = headers.path("ce_type").asString("");
        Shape shape = shapes.get(type);
        if (shape == null) {
            throw new ContractBroken("%s is of the unknown type '%s'".formatted(received.key(), type));
        }
        JsonNode event = JSON.readTree(value);
        check(received.key(), shape.key().validate(StringNode.valueOf(received.key())));
        check(received.key(), shape.headers().validate(headers));
        check(received.key(), shape.value().validate(event));
        return Optional.of(new Event(
                type,
                Long.parseLong(headers.required("ce_subject").stringValue()),
                Long.parseLong(headers.required("ce_sequence").stringValue()),
                Instant.parse(headers.required("ce_time").stringValue()),
                event));
    }

    private static void check(String key, List<Error> errors) {
        if (!errors.isEmpty()) {
            throw new ContractBroken(key + " " + errors);
        }
    }
}
