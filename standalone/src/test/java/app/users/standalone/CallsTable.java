package app.users.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The calls as a table between two marks. */
final class CallsTable {

    private static final String BEGIN = "<!-- calls -->\n";
    private static final String END = "<!-- /calls -->";

    private CallsTable() {}

    static String into(String page, JsonNode document) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(0, begin) + table(document) + page.substring(page.indexOf(END));
    }

    private static String table(JsonNode document) {
        List<String> rows = new ArrayList<>(List.of("| call | needs | answers |", "|---|---|---|"));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> rows.add(row(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
    }

    private static String row(String method, String path, JsonNode operation) {
        String refusals = operation.path("responses").properties().stream()
                .filter(answer ->
                        answer.getKey().startsWith("4") && !answer.getValue().has("$ref"))
                .map(answer -> " · " + answer.getKey())
                .collect(Collectors.joining());
        return "| `%s %s` | %s | %s %s%s |"
                .formatted(
                        method,
                        path.replaceFirst("^/users/", ""),
                        operation.path("security").isEmpty() ? "–" : "token",
                        operation
                                .path("responses")
                                .properties()
                                .iterator()
                                .next()
                                .getKey(),
                        operation.path("summary").stringValue(),
                        refusals);
    }
}
