package app.users.standalone;

import app.users.command.idempotency.Idempotent;
import app.users.command.throttle.Throttled;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Texts;
import app.users.web.route.Route;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers to what is refused: an operation's own, and what is refused on every route. */
final class Refusals {

    private static final String PREFIX = "urn:users:problem:";

    private static final String PROBLEM = "#/components/schemas/Problem";

    /** The header that comes with a status. */
    private static final Map<Integer, String> HEADERS =
            Map.of(401, "WWW-Authenticate", 405, "Allow", 415, "Accept", 429, "Retry-After");

    private final ObjectNode frame;
    private final Texts texts = new Texts();

    Refusals(ObjectNode frame) {
        this.frame = frame;
        shared("404", answer(404, Set.of("not-found")));
        shared("405", answer(405, Set.of("method-not-allowed")));
    }

    /** By status; what only the door has a say in stands among the components. */
    Map<String, ObjectNode> of(Method handler, Route route, JsonNode body) {
        Map<Integer, Set<String>> door = door(handler, route, body);
        Map<Integer, Set<String>> all = new TreeMap<>();
        door.forEach((status, problems) -> add(all, status, problems));
        for (Refuses refuses : handler.getAnnotationsByType(Refuses.class)) {
            add(all, refuses.status(), List.of(refuses.problems()));
        }
        Map<String, ObjectNode> answers = new TreeMap<>();
        all.forEach((status, problems) -> {
            ObjectNode answer = problems.equals(door.get(status)) && status != 400
                    ? shared(Integer.toString(status), answer(status, problems))
                    : answer(status, problems);
            answers.put(Integer.toString(status), answer);
        });
        answers.put("default", shared("default", unprovoked()));
        return answers;
    }

    private static Map<Integer, Set<String>> door(Method handler, Route route, JsonNode body) {
        Map<Integer, Set<String>> door = new TreeMap<>();
        if (!route.open()) {
            add(door, 401, List.of("no-token", "bad-token", "session-over"));
        }
        if (handler.isAnnotationPresent(Idempotent.class)) {
            add(door, 400, List.of("invalid-fields"));
            add(door, 409, List.of("key-in-use"));
            if (!body.isMissingNode()) {
                // what tells one request under a key from another is the body
                add(door, 422, List.of("key-reused"));
            }
        }
        add(door, 400, List.of("bad-request"));
        if (handler.isAnnotationPresent(Throttled.class)) {
            add(door, 429, List.of("throttled"));
        }
        if (!route.types().isEmpty()) {
            add(door, 406, List.of("not-acceptable"));
        }
        if (!body.isMissingNode()) {
            add(door, 400, List.of("malformed-json", "not-an-object"));
            add(door, 413, List.of("body-too-large"));
            add(door, 415, List.of("unsupported-media-type"));
        }
        if (body.path("required").asBoolean(false)) {
            add(door, 400, List.of("missing-body"));
        }
        add(door, 431, List.of("header-too-large"));
        return door;
    }

    private static void add(Map<Integer, Set<String>> refusals, int status, Collection<String> problems) {
        refusals.computeIfAbsent(status, s -> new TreeSet<>()).addAll(problems);
    }

    private ObjectNode shared(String name, ObjectNode answer) {
        ((ObjectNode) frame.at("/components/responses")).set(name, answer);
        return frame.objectNode().put("$ref", "#/components/responses/" + name);
    }

    private ObjectNode answer(int status, Set<String> problems) {
        ObjectNode answer = frame.objectNode();
        answer.put("description", titles(problems, " · "));
        ObjectNode headers = requestId(answer);
        String header = HEADERS.get(status);
        if (header != null) {
            headers.putObject(header).put("$ref", "#/components/headers/" + header);
        }
        if (problems.contains("key-in-use")) {
            JsonNode wait = frame.at("/components/headers/Retry-After").deepCopy();
            headers.set("Retry-After", ((ObjectNode) wait).without("required"));
        }
        ArrayNode both = schema(answer).putArray("allOf");
        both.addObject().put("$ref", PROBLEM);
        ObjectNode properties = both.addObject().putObject("properties");
        properties.putObject("status").put("const", status);
        properties
                .putObject("type")
                .putArray("enum")
                .addAll(problems.stream()
                        .map(problem -> (JsonNode) frame.stringNode(PREFIX + problem))
                        .toList());
        return answer;
    }

    private ObjectNode unprovoked() {
        ObjectNode answer = frame.objectNode();
        answer.put("description", "What may meet any request; see the beginning.");
        requestId(answer);
        schema(answer).put("$ref", PROBLEM);
        return answer;
    }

    private static ObjectNode requestId(ObjectNode answer) {
        ObjectNode headers = answer.putObject("headers");
        headers.putObject("X-Request-Id").put("$ref", "#/components/headers/X-Request-Id");
        return headers;
    }

    private static ObjectNode schema(ObjectNode answer) {
        return answer.putObject("content").putObject("application/problem+json").putObject("schema");
    }

    /** Completes the schema of problems with all there are. */
    void list() {
        Set<String> codes = new TreeSet<>();
        ResourceBundle.getBundle("users-messages").getKeys().asIterator().forEachRemaining(key -> {
            if (key.startsWith("problem.") && key.endsWith(".title")) {
                codes.add(key.substring("problem.".length(), key.length() - ".title".length()));
            }
        });
        ObjectNode type = (ObjectNode) frame.at("/components/schemas/Problem/properties/type");
        type.put("description", type.get("description").stringValue() + "\n\n- " + titles(codes, "\n- "));
        codes.forEach(code -> type.withArray("enum").add(PREFIX + code));
    }

    private String titles(Set<String> codes, String between) {
        return codes.stream()
                .map(code -> "`%s` %s".formatted(code, texts.get("problem." + code + ".title")))
                .collect(Collectors.joining(between));
    }
}
