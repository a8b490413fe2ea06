package app.users.subscriber;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person's events say about them.
 *
 * @param version of the last of these events
 * @param fields as {@code GET user/} names them
 */
public record Profile(long version, ObjectNode fields) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TEXTS = List.of("surname", "name", "patronymic", "address");
    private static final List<String> OTHERS = List.of("email", "number", "executor");
    private static final String CONFIRMED_EMAIL = "confirmed_email";
    private static final String CONFIRMED_NUMBER = "confirmed_number";
    private static final String UPDATED_AT = "updated_at";

    /** The other events leave {@code updated_at} as it is. */
    private static final Set<String> SHOWN = Set.of(
            "user.profile-changed.v1",
            "user.email-changed.v1",
            "user.number-changed.v1",
            "user.executor-changed.v1",
            "user.email-confirmed.v1",
            "user.number-confirmed.v1");

    static Profile registered(Event event) {
        ObjectNode fields = JSON.createObjectNode().put(CONFIRMED_EMAIL, false).put(CONFIRMED_NUMBER, false);
        TEXTS.forEach(field -> fields.set(field, event.value().required(field)));
        OTHERS.forEach(field -> fields.set(field, event.value().required(field)));
        fields.put("created_at", time(event)).put(UPDATED_AT, time(event));
        return new Profile(event.sequence(), fields);
    }

    Profile after(Event event) {
        ObjectNode next = fields.deepCopy();
        JsonNode value = event.value();
        switch (event.type()) {
            case "user.profile-changed.v1" ->
                TEXTS.stream()
                        .filter(value::has)
                        .forEach(field -> next.set(field, value.required(field).required("to")));
            case "user.email-changed.v1" -> {
                boolean respelled = value.path("respelled").booleanValue(onlyCase(value));
                next.set("email", value.required("to"));
                next.put(
                        CONFIRMED_EMAIL,
                        respelled && next.required(CONFIRMED_EMAIL).booleanValue());
            }
            case "user.number-changed.v1" -> {
                next.set("number", value.required("to"));
                next.put(CONFIRMED_NUMBER, false);
            }
            case "user.executor-changed.v1" -> next.set("executor", value.required("to"));
            case "user.email-confirmed.v1" -> next.put(CONFIRMED_EMAIL, true);
            case "user.number-confirmed.v1" -> next.put(CONFIRMED_NUMBER, true);
            default -> {
                // nothing that a profile shows
            }
        }
        if (SHOWN.contains(event.type())) {
            next.put(UPDATED_AT, time(event));
        }
        return new Profile(event.sequence(), next);
    }

    private static String time(Event event) {
        return event.time().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Emails of events that do not say more are ASCII. */
    private static boolean onlyCase(JsonNode value) {
        return text(value, "from").equalsIgnoreCase(text(value, "to"));
    }

    private static String text(JsonNode value, String field) {
        return value.required(field).stringValue();
    }
}
