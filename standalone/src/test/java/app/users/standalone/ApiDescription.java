package app.users.standalone;

import app.users.command.idempotency.Idempotent;
import app.users.web.openapi.Answers;
import app.users.web.route.Route;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole description: the frame, what the controllers say, and what the door does for every route. */
final class ApiDescription {

    private final ObjectNode frame;
    private final ApiSource source;
    private final Refusals refusals;

    /** @param frame what is said once; it is completed in place */
    ApiDescription(ObjectNode frame, ApiSource source) {
        this.frame = frame;
        this.source = source;
        this.refusals = new Refusals(frame);
    }

    ObjectNode complete() {
        ObjectNode paths = frame.putObject("paths");
        Set<String> described = new LinkedHashSet<>();
        Route.ALL.forEach(route -> described.add(route.path()));
        described.removeIf(path -> !source.document().path("paths").has(path));
        described.forEach(path -> paths.set(path, operations(path)));
        RecordSchemas.complete(frame, source);
        refusals.list();
        return frame;
    }

    private ObjectNode operations(String path) {
        ObjectNode operations = frame.objectNode();
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)) {
            String name = method.name().toLowerCase(Locale.ROOT);
            if (source.document().path("paths").path(path).path(name) instanceof ObjectNode raw) {
                operations.set(name, operation(route(path, method), raw));
            }
        }
        return operations;
    }

    private static Route route(String path, HttpMethod method) {
        return Route.ALL.stream()
                .filter(route -> route.path().equals(path) && route.methods().contains(method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(method + " " + path + " is not in the table of paths"));
    }

    private ObjectNode operation(Route route, ObjectNode raw) {
        Method handler = Objects.requireNonNull(
                source.operations().get(raw.get("operationId").stringValue()));
        Answers answers = Objects.requireNonNull(handler.getAnnotation(Answers.class), handler + " needs @Answers");
        List<String> headers = List.of(answers.headers());
        boolean body = raw.has("requestBody");

        ObjectNode operation = raw.objectNode();
        Stream.of("operationId", "tags", "summary", "description")
                .filter(raw::has)
                .forEach(k -> operation.set(k, raw.get(k)));
        operation.putArray("security");
        if (!route.open()) {
            operation.withArray("security").addObject().putArray("access");
        }
        if (route.refreshTokenWillDo()) {
            operation.withArray("security").addObject();
        }
        ArrayNode parameters = operation.putArray("parameters");
        raw.path("parameters").forEach(p -> parameters.add(parameter((ObjectNode) p)));
        parameters.add(ref("parameters", "Accept-Language"));
        if (handler.isAnnotationPresent(Idempotent.class)) {
            parameters.add(ref("parameters", "Idempotency-Key"));
        }
        if (headers.contains("ETag")) {
            parameters.add(ref("parameters", "If-None-Match"));
        }
        if (body) {
            operation.set("requestBody", raw.get("requestBody"));
        }
        ObjectNode responses = operation.putObject("responses");
        JsonNode answer = raw.path("responses").iterator().next();
        responses.set(Integer.toString(answers.status()), success(answer, handler, answers));
        if (headers.contains("ETag")) {
            responses.set("304", notModified((ObjectNode) responses.iterator().next()));
        }
        refusals.of(handler, route, raw.path("requestBody")).forEach(responses::set);
        return operation;
    }

    /** Header fields are explained once, among the components. */
    private ObjectNode parameter(ObjectNode raw) {
        String name = raw.get("name").stringValue();
        return frame.at("/components/parameters").has(name) ? ref("parameters", name) : raw;
    }

    private ObjectNode success(JsonNode raw, Method handler, Answers answers) {
        ObjectNode response = frame.objectNode();
        response.put("description", answers.value());
        ObjectNode headers = response.putObject("headers");
        String replayed = handler.isAnnotationPresent(Idempotent.class) ? "Idempotent-Replayed" : "Cache-Control";
        Stream.concat(Stream.of(answers.headers()), Stream.of("Cache-Control", "X-Request-Id", replayed))
                .distinct()
                .sorted()
                .forEach(name -> headers.set(name.replace("?", ""), header(name)));
        if (!raw.path("content").isEmpty()) {
            response.set("content", raw.get("content"));
            raw.path("content").properties().forEach(content -> {
                ObjectNode schema = (ObjectNode) content.getValue().get("schema");
                if (schema.path("format").asString("").equals("byte")
                        || content.getKey().equals("text/html")) {
                    // a file or a page is what its media type says
                    schema.removeAll();
                }
            });
        }
        return response;
    }

    private static ObjectNode notModified(ObjectNode success) {
        ObjectNode response = success.deepCopy();
        response.put("description", "It is still what `If-None-Match` names.");
        response.remove("content");
        return response;
    }

    /** @param name with a question mark when the header is not always there */
    private JsonNode header(String name) {
        JsonNode known = frame.at("/components/headers").required(name.replace("?", ""));
        return name.endsWith("?") ? ((ObjectNode) known.deepCopy()).without("required") : ref("headers", name);
    }

    private ObjectNode ref(String kind, String name) {
        return frame.objectNode().put("$ref", "#/components/" + kind + "/" + name);
    }
}
