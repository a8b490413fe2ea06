package app.users.system;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document that a running system serves, and what in an answer is not as it says. */
final class OpenApiDocument {

    /** Fields that nobody may answer unless they are documented. */
    private static final Set<String> OURS = Set.of(
            "allow",
            "etag",
            "link",
            "location",
            "retry-after",
            "warning",
            "www-authenticate",
            "idempotent-replayed",
            "x-request-id");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param pointer to the operation in the document */
    record Operation(String method, String path, String pointer, JsonNode node) {

        String id() {
            return node.get("operationId").stringValue();
        }
    }

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    OpenApiDocument(String text) {
        document = JSON.readTree(text);
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                "/paths/" + path.getKey().replace("/", "~1") + "/" + operation.getKey(),
                                operation.getValue()))));
        return operations;
    }

    /** Every documented outcome: a status, and for a refusal also the problem. */
    List<String> outcomes(Operation operation) {
        List<String> outcomes = new ArrayList<>();
        operation.node().path("responses").properties().forEach(response -> {
            String outcome = operation.id() + " " + response.getKey();
            JsonNode problems = resolved(response.getValue())
                    .at("/content/application~1problem+json/schema/allOf/1/properties/type/enum");
            problems.forEach(problem -> outcomes.add(outcome + " " + code(problem.stringValue())));
            if (problems.isMissingNode() && !response.getKey().equals("default")) {
                outcomes.add(outcome);
            }
        });
        return outcomes;
    }

    static String code(String type) {
        return type.substring(type.lastIndexOf(':') + 1);
    }

    /** What is wrong with the answer as an answer of this operation. */
    List<String> faults(Operation operation, Answer answer) {
        String status = Integer.toString(answer.status());
        String pointer = operation.pointer() + "/responses/" + status;
        if (document.at(pointer).isMissingNode()) {
            return List.of("status " + status + " is not documented");
        }
        return faults(pointer, answer);
    }

    /** What is wrong with the answer as the response that is named for all operations. */
    List<String> sharedFaults(Answer answer) {
        return faults("/components/responses/" + answer.status(), answer);
    }

    private List<String> faults(String pointer, Answer answer) {
        JsonNode reference = document.at(pointer).path("$ref");
        if (reference.isString()) {
            return faults(reference.stringValue().substring(1), answer);
        }
        JsonNode response = document.at(pointer);
        List<String> faults = new ArrayList<>(headerFaults(response.path("headers"), answer));
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            return answer.body().isEmpty() ? faults : with(faults, "has a body");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (!content.has(type)) {
            return with(faults, "is of type '" + type + "'");
        }
        if (type.endsWith("json")) {
            String schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
            faults.addAll(schemaFaults(schema, answer.json()));
        }
        return faults;
    }

    private List<String> headerFaults(JsonNode documented, Answer answer) {
        List<String> faults = new ArrayList<>();
        documented.properties().forEach(header -> {
            JsonNode node = resolved(header.getValue());
            answer.headers()
                    .firstValue(header.getKey())
                    .ifPresentOrElse(
                            value -> {
                                if (!matches(node.path("schema"), value)) {
                                    faults.add(header.getKey() + " is " + value);
                                }
                            },
                            () -> {
                                if (node.path("required").asBoolean(false)) {
                                    faults.add(header.getKey() + " is missing");
                                }
                            });
        });
        answer.headers().map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> OURS.contains(name) || name.startsWith("users-"))
                .filter(name -> documented.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> faults.add("header " + name + " is not documented"));
        return faults;
    }

    private boolean matches(JsonNode schema, String value) {
        return schemas.getSchema(schema)
                .validate(JsonNodeFactory.instance.stringNode(value))
                .isEmpty();
    }

    /** What is wrong with the body as one that the operation takes. */
    List<String> requestFaults(Operation operation, String body) {
        return schemaFaults(operation.pointer() + "/requestBody/content/application~1json/schema", JSON.readTree(body));
    }

    /** The members that the body of the operation may have. */
    List<String> bodyFields(Operation operation) {
        JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
        return List.copyOf(resolved(schema).path("properties").propertyNames());
    }

    /** The address that the API page calls when nothing is typed in; null where a value is missing. */
    @Nullable
    String prefilledPath(Operation operation) {
        String path = operation.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonNode each : operation.node().path("parameters")) {
            JsonNode parameter = resolved(each);
            JsonNode value = prefilledValue(parameter);
            String name = parameter.path("name").stringValue();
            if (parameter.path("in").asString("").equals("query") && !value.isMissingNode()) {
                query.add(name + "=" + value.asString());
            }
            path = value.isMissingNode() ? path : path.replace("{" + name + "}", value.asString());
        }
        return path.contains("{") ? null : path + query;
    }

    /** The header fields that the API page sends when nothing is typed in. */
    Map<String, String> prefilledHeaders(Operation operation) {
        Map<String, String> headers = new TreeMap<>();
        for (JsonNode each : operation.node().path("parameters")) {
            JsonNode parameter = resolved(each);
            JsonNode value = prefilledValue(parameter);
            if (parameter.path("in").asString("").equals("header") && !value.isMissingNode()) {
                headers.put(parameter.path("name").stringValue(), value.asString());
            }
        }
        return headers;
    }

    private static JsonNode prefilledValue(JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        return Stream.of(parameter.path("example"), schema.path("example"), schema.path("default"))
                .filter(value -> !value.isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The body that the API page fills in; null where there is none. */
    @Nullable
    String prefilledBody(Operation operation) {
        JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
        return schema.isMissingNode() ? null : sample(resolved(schema)).toString();
    }

    private JsonNode sample(JsonNode schema) {
        if (schema.has("example")) {
            return schema.get("example");
        }
        // of several types the first is filled in
        String type = schema.path("type").path(0).asString(schema.path("type").asString(""));
        if (type.equals("boolean")) {
            return JsonNodeFactory.instance.booleanNode(true);
        }
        if (!type.equals("object")) {
            return JsonNodeFactory.instance.stringNode("string");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), sample(resolved(property.getValue()))));
        return object;
    }

    /** The schema gets the components along, so that its references lead somewhere. */
    private List<String> schemaFaults(String pointer, JsonNode value) {
        ObjectNode schema = ((ObjectNode) document.at(pointer)).deepCopy();
        schema.set("components", document.get("components"));
        return schemas.getSchema(schema).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? document.at(reference.stringValue().substring(1)) : node;
    }

    private static List<String> with(List<String> faults, String fault) {
        faults.add(fault);
        return faults;
    }
}
