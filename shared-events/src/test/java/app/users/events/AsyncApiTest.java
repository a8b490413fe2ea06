package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the description of the topics says in sentences is what the records do. */
class AsyncApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    private final JsonNode document = JSON.readTree(resource("/events/asyncapi.json"));
    private final String said = document.at("/info/description").asString("").replaceAll("\\s+", " ");

    @Test
    void namesTheEventsThatMoveUpdatedAt() {
        String sentence =
                said.replaceAll(".*`updated_at` is the `ce_time` of the last of these events: (.*?)\\. .*", "$1");
        assertThat(named(sentence)).isEqualTo(shown());
    }

    private static Set<String> named(String sentence) {
        return Pattern.compile("`([^`]*)`")
                .matcher(sentence)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the erasure, after which there is no profile. */
    private static Set<String> shown() {
        return EventType.all().stream()
                .map(EventType::wireName)
                .filter(name ->
                        EventType.named(name).orElseThrow().read(golden(name)).visible())
                .filter(name -> !name.equals("user.erased.v1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> names() {
        return PublishedEvents.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void timesInValuesArePointsInTimeInUtc(String name) {
        assertThat(said).contains("Times in values, such as `expires` and `next`, are points in time and no durations");
        JsonNode golden = JSON.readTree(golden(name));
        Class<?> type = Objects.requireNonNull(PublishedEvents.all().get(name));
        Stream.of(type.getRecordComponents())
                .filter(component -> component.getType() == Instant.class)
                .map(component -> golden.path(component.getName()))
                .filter(time -> !time.isMissingNode())
                .forEach(time -> assertThat(time.stringValue()).matches(TIME));
    }

    @Test
    void everyMessageIsACloudEvent() {
        for (JsonNode message : document.at("/components/messages")) {
            String headers = message.at("/headers/$ref").asString("").substring(1);
            assertThat(document.at(headers).at("/allOf/0/$ref").asString(""))
                    .as(message.path("name").asString(""))
                    .isEqualTo("#/components/schemas/headers");
        }
    }

    /** CloudEvents allows lower-case letters and digits, and recommends at most 20 of them. */
    @Test
    void attributesHaveNamesThatCloudEventsAllows() {
        assertThat(document.at("/components/schemas/eventHeaders/properties").propertyNames())
                .contains("ce_sortablesequence")
                .allMatch(name -> name.matches("ce_[a-z0-9]{1,20}"));
    }

    @Test
    void fieldsInCipherTextAreNamed() {
        assertThat(said).contains("`client` on `users.security` is ciphertext for every subscriber");
        assertThat(PublishedEvents.onSecurity().values().stream()
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .filter(component -> component.isAnnotationPresent(Personal.class)))
                .as("personal fields in clear on users.security")
                .isEmpty();
        assertThat(List.of(MailState.class.getRecordComponents()))
                .noneMatch(component -> component.isAnnotationPresent(Personal.class));
    }

    private static byte[] golden(String name) {
        return resource("/golden/" + name + ".json").getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream text = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream(name))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
