package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The system answers what its own OpenAPI document says, and nothing that it does not say. */
@EachForm
class OpenApiIT {

    private static final Pattern PART = Pattern.compile("(?:src|href)=\"(/users/(?:docs|pages)/[^\"]+)\"");

    private final Client stranger;
    private final RunningSystem system;
    private final OpenApiDocument document;

    OpenApiIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        document = new OpenApiDocument(stranger.get("openapi").expect(200).body());
    }

    @Test
    void everyOutcomeIsAsDocumented() {
        Provocations provocations = new Provocations(system);
        List<String> faults = new ArrayList<>();
        for (Operation operation : document.operations()) {
            for (String outcome : document.outcomes(operation)) {
                if (provocations.isLate(outcome)) {
                    continue;
                }
                Supplier<Answer> provocation = provocations.of(operation, outcome);
                if (provocation == null) {
                    faults.add(outcome + ": no provocation");
                    continue;
                }
                Answer answer = provocation.get();
                if (!outcome.equals(outcome(operation, answer))) {
                    faults.add("%s: answered %d %s".formatted(outcome, answer.status(), answer.body()));
                }
                document.faults(operation, answer).forEach(fault -> faults.add(outcome + ": " + fault));
            }
        }
        provocations.withoutOutcome(document).forEach(outcome -> faults.add(outcome + ": not documented"));
        assertThat(faults).isEmpty();
    }

    private static String outcome(Operation operation, Answer answer) {
        String outcome = operation.id() + " " + answer.status();
        return answer.status() < 400 ? outcome : outcome + " " + OpenApiDocument.code(answer.text("type"));
    }

    @Test
    void whatIsNotThereIsAsDocumentedToo() {
        Answer path = stranger.get("nowhere").expect(404);
        Answer method = stranger.send("PUT", "user", null, Map.of()).expect(405);
        assertThat(document.sharedFaults(path)).isEmpty();
        assertThat(document.sharedFaults(method)).isEmpty();
    }

    @Test
    void bodiesThatAreTakenAreAsDocumented() {
        Map<String, String> taken = Map.of(
                "register", Person.next().registration(),
                "signIn", Person.next().credentials(),
                "refresh", "{\"refresh\":\"x\"}",
                "change", "{\"patronymic\":null,\"executor\":false}",
                "acceptEmail", "{\"code\":12345}");
        document.operations().stream()
                .filter(operation -> taken.containsKey(operation.id()))
                .forEach(operation -> assertThat(
                                document.requestFaults(operation, taken.getOrDefault(operation.id(), "")))
                        .as(operation.id())
                        .isEmpty());
    }

    /** A field that may be absent and a field that may be null are different things. */
    @ParameterizedTest
    @ValueSource(strings = {"register", "signIn", "change", "revoke"})
    void nullIsTakenWhereTheDocumentSaysSo(String id) {
        Operation operation = document.operations().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        for (String field : document.bodyFields(operation)) {
            Person person = Person.next();
            ObjectNode body = bodyWithout(id, field, person);
            body.putNull(field);
            Client client = stranger;
            if (!id.equals("register")) {
                stranger.register(person).expect(201);
                client = stranger.signIn(person);
            }
            int status = client.send(
                            operation.method(), operation.path().replace("/users/", ""), body.toString(), Map.of())
                    .status();
            assertThat(status / 100 == 2)
                    .as("%s with %s answers %d", id, body, status)
                    .isEqualTo(
                            document.requestFaults(operation, body.toString()).isEmpty());
        }
    }

    /** What is accepted when the field is absent, as far as that is possible. */
    private static ObjectNode bodyWithout(String id, String field, Person person) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        switch (id) {
            case "register" -> body.setAll(Guest.form(person));
            case "signIn" -> {
                String other = field.equals("email") ? "number" : "email";
                body.put(other, other.equals("email") ? person.email() : person.number());
                body.put("password", person.password());
            }
            default -> {}
        }
        return body;
    }

    @Test
    void theDocumentsPageHasAllItsParts() {
        String page = stranger.get("docs").expect(200).body();
        List<String> parts = page.lines()
                .flatMap(line -> PART.matcher(line).results().map(part -> part.group(1)))
                .distinct()
                .toList();
        assertThat(parts).hasSize(5).allSatisfy(part -> {
            Answer file = stranger.get(part).expect(200);
            String tag = file.headers().firstValue("ETag").orElseThrow();
            stranger.send("GET", part, null, Map.of("If-None-Match", tag)).expect(304);
        });
        stranger.get("docs/swagger-ui.js").expect(404);
    }
}
