package app.users.faults;

import app.users.faults.Finding.Promise;
import app.users.faults.Observed.Published;
import app.users.faults.Observed.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The topic has each event of the store, in order, with the same content; of erased users only the erasure is left. */
final class TopicRules {

    private static final String ERASED = "user.erased.v1";

    private TopicRules() {}

    static List<Finding> findings(History history, Observed observed) {
        Map<Long, List<Row>> rows = observed.rows().stream().collect(Collectors.groupingBy(Row::user));
        Map<Long, List<Published>> records =
                observed.records().stream().collect(Collectors.groupingBy(Published::user));
        List<Finding> findings = new ArrayList<>();
        for (Known person : history.people()) {
            List<Row> stored = rows.getOrDefault(person.user(), List.of());
            List<Published> published = records.getOrDefault(person.user(), List.of());
            findings.addAll(
                    person.erased() ? erased(person.user(), stored, published) : living(person, stored, published));
        }
        return findings;
    }

    private static List<Finding> living(Known person, List<Row> stored, List<Published> published) {
        List<Finding> findings = new ArrayList<>();
        Map<Long, Row> byVersion = stored.stream().collect(Collectors.toMap(Row::version, row -> row, (a, b) -> a));
        List<Long> firsts =
                published.stream().map(Published::version).distinct().toList();
        List<Long> expected = stored.stream().map(Row::version).toList();
        if (!firsts.equals(expected)) {
            findings.add(
                    new Finding(Promise.TOPIC, person.user(), "first occurrences of " + expected, firsts.toString()));
        }
        for (Published one : published) {
            Row row = byVersion.get(one.version());
            if (row == null || !isEqual(row, one)) {
                findings.add(new Finding(Promise.TOPIC, person.user(), row + "", one.toString()));
            }
        }
        String shown = folded(published).toString();
        String known = ofTheEvents(person.profile()).toString();
        if (!shown.equals(known)) {
            findings.add(new Finding(Promise.TOPIC, person.user(), "events that lead to " + known, shown));
        }
        return findings;
    }

    /** The personal fields are encrypted in the store: the folded events show whether they are right. */
    private static boolean isEqual(Row row, Published published) {
        JsonNode value = published.value();
        return value != null
                && row.id().equals(published.id())
                && row.type().equals(published.type())
                && row.payload().properties().stream()
                        .filter(field -> !field.getKey().equals("personal"))
                        .allMatch(field -> field.getValue().equals(value.get(field.getKey())));
    }

    /** What the events say of the fields of the profile in the end. */
    private static Map<String, String> folded(List<Published> published) {
        Map<String, String> profile = new LinkedHashMap<>();
        long version = 0;
        for (Published one : published) {
            JsonNode value = one.value();
            if (value != null && one.version() == version + 1) {
                version++;
                apply(one.type(), value, profile);
            }
        }
        return ofTheEvents(profile);
    }

    private static void apply(String type, JsonNode value, Map<String, String> profile) {
        switch (type) {
            case "user.registered.v1" ->
                ProfileFields.WRITTEN.forEach(
                        field -> profile.put(field, value.path(field).asString("")));
            case "user.profile-changed.v1" ->
                ProfileFields.TEXTS.stream()
                        .filter(value::has)
                        .forEach(field -> profile.put(field, to(value.path(field))));
            case "user.email-changed.v1" -> profile.put("email", to(value));
            case "user.number-changed.v1" -> profile.put("number", to(value));
            case "user.executor-changed.v1" -> profile.put("executor", to(value));
            default -> {
                // changes no field that a client writes
            }
        }
    }

    private static String to(JsonNode change) {
        return change.path("to").asString("");
    }

    private static Map<String, String> ofTheEvents(Map<String, String> profile) {
        Map<String, String> sorted = new LinkedHashMap<>();
        ProfileFields.WRITTEN.forEach(field -> sorted.put(field, profile.getOrDefault(field, "")));
        return sorted;
    }

    /** Compaction keeps the last record of each key. */
    private static List<Finding> erased(long user, List<Row> stored, List<Published> published) {
        Map<Long, Published> last = new LinkedHashMap<>();
        published.forEach(one -> last.put(one.version(), one));
        List<Finding> findings = new ArrayList<>();
        for (Row row : stored) {
            @Nullable Published kept = last.get(row.version());
            boolean right = kept != null
                    && (row.type().equals(ERASED)
                            ? kept.type().equals(ERASED) && !kept.isTombstone()
                            : kept.isTombstone());
            if (!right) {
                findings.add(new Finding(
                        Promise.ERASURE,
                        user,
                        row.type().equals(ERASED) ? "the erasure as version " + row.version() : "a tombstone of " + row,
                        kept + ""));
            }
        }
        return findings;
    }
}
