package app.users.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The fields of a profile that clients compare, each as text. */
final class ProfileFields {

    static final List<String> TEXTS = List.of("surname", "name", "patronymic", "address");

    /** What clients write. */
    static final List<String> WRITTEN =
            List.of("surname", "name", "patronymic", "address", "email", "number", "executor");

    private static final List<String> SHOWN = List.of(
            "surname",
            "name",
            "patronymic",
            "address",
            "email",
            "number",
            "executor",
            "confirmed_email",
            "confirmed_number");

    private ProfileFields() {}

    static Map<String, String> of(JsonNode profile) {
        Map<String, String> fields = new TreeMap<>();
        SHOWN.forEach(field -> fields.put(field, profile.path(field).asString("")));
        return fields;
    }
}
