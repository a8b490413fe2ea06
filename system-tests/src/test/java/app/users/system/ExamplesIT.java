package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of {@code docs/api.md}, one after the other, are the life of one user. */
@EachForm
class ExamplesIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>");
    private static final Pattern PLACE = Pattern.compile("<(\\w+)>");

    private final RunningSystem system;
    private final Client stranger;

    /** What stands on the page, by what is sent in its place: an example may be told about many. */
    private final Map<String, String> told = new LinkedHashMap<>();

    private final Map<String, String> known = new LinkedHashMap<>();
    private final Person before = Person.next();
    private final Person after = Person.next();

    ExamplesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        told.put("user1@gmail.com", before.email());
        told.put("user1Changed@gmail.com", after.email());
        told.put("+79967348137", before.number());
        told.put("+79967348130", after.number());
    }

    @Test
    void areWhatReallyHappens() {
        List<ApiPage.Example> examples = ApiPage.read().examples();
        assertThat(examples).hasSizeGreaterThan(10);
        for (ApiPage.Example example : examples) {
            Answer answer = example.toString().startsWith("GET /users/erasures/")
                    // the page shows it complete
                    ? Patience.await("the receipt")
                            .until(
                                    () -> send(example.request()),
                                    a -> a.json().at("/parts/3").has("at"))
                    : send(example.request());
            if (example.toString().equals("POST /users/verify-email/")) {
                known.put("code", system.mails().awaitCode(after.email()));
            }
            check(inPlace(example.answer()), answer);
            if (answer.body().contains("\"refresh\"")) {
                known.put("refresh", answer.text("refresh"));
                known.put("access", answer.text("access"));
            }
        }
    }

    private Answer send(String request) {
        String[] parts = filled(inPlace(request)).split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String[] line = head.getFirst().split(" ");
        Call call = new Call(stranger, line[0], line[1]);
        for (String header : head.subList(1, head.size())) {
            call = call.with(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }
        return (parts.length == 1 ? call : call.json(parts[1])).send();
    }

    private void check(String expected, Answer answer) {
        String[] parts = expected.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        answer.expect(Integer.parseInt(head.getFirst().split(" ")[1]));
        for (String header : head.subList(1, head.size())) {
            String[] field = header.split(": ", 2);
            String value = answer.headers().firstValue(field[0]).orElse("no " + field[0]);
            Matcher place = PLACE.matcher(field[1]);
            if (place.find()) {
                assertThat(value).startsWith(field[1].substring(0, place.start()));
                known.put(place.group(1), value.substring(place.start()));
            } else {
                assertThat(value).isEqualTo(field[1]);
            }
        }
        if (parts.length == 1) {
            assertThat(answer.body()).isEmpty();
        } else if (JSON.readTree(parts[1]).isArray()) {
            JsonNode own = mine(answer);
            compare(answer.request(), JSON.readTree(parts[1]).get(0), own);
        } else {
            compare(answer.request(), JSON.readTree(parts[1]), answer.json());
        }
    }

    /** Of a list the example shows the caller's entry; another session of theirs is kept for the next example. */
    private JsonNode mine(Answer answer) {
        JsonNode list = answer.json();
        @Nullable JsonNode mine = null;
        for (JsonNode entry : list) {
            if (!entry.path("current").asBoolean(true)) {
                known.put("session", entry.get("session").stringValue());
            } else if (entry.has("current") || entry.path("name").asString("").equals(before.email())) {
                mine = entry;
            }
        }
        Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
        return mine == null && next.find()
                ? mine(stranger.with("Bearer", access()).get(next.group(1)).expect(200))
                : Objects.requireNonNull(mine, () -> "nothing of the caller in " + list);
    }

    /** Numbers, times and places are of the same kind, the rest is the same. */
    private static void compare(String what, JsonNode expected, JsonNode found) {
        assertThat(found.propertyNames()).as(what).containsExactlyElementsOf(expected.propertyNames());
        Iterator<Map.Entry<String, JsonNode>> members = expected.properties().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            JsonNode value = found.get(member.getKey());
            compareValue(what + " " + member.getKey(), member.getValue(), value);
        }
    }

    private static void compareValue(String what, JsonNode expected, JsonNode found) {
        if (expected.isObject()) {
            compare(what, expected, found);
        } else if (expected.isArray()) {
            assertThat(found).as(what).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                compareValue(what + " " + i, expected.get(i), found.get(i));
            }
        } else if (expected.isString()) {
            assertThat(kind(found.stringValue())).as(what).isEqualTo(kind(expected.stringValue()));
        } else if (expected.isNumber()) {
            assertThat(found.isIntegralNumber()).as(what).isTrue();
        } else {
            assertThat(found).as(what).isEqualTo(expected);
        }
    }

    private static String kind(String text) {
        try {
            Instant ignored = Instant.parse(text);
            return "a time";
        } catch (DateTimeParseException e) {
            return text.matches("<\\w+>|[\\w.-]{40,}") ? "a token" : text.matches("[0-9a-f-]{36}") ? "a session" : text;
        }
    }

    private String inPlace(String text) {
        String inPlace = text;
        for (Map.Entry<String, String> one : told.entrySet()) {
            inPlace = inPlace.replace(one.getKey(), one.getValue());
        }
        return inPlace;
    }

    private String access() {
        return Objects.requireNonNull(known.get("access"));
    }

    private String filled(String text) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(known.get(place.group(1))));
    }
}
