package app.users.notification.letters;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A letter with places such as {@code {name}}. In a notice, a line that begins with {@code [email]}, {@code [number]} or
 * {@code [password]} stays only if that has changed or was lost, and a line that begins with {@code [undo]} only if the change can be
 * undone.
 */
record Template(String subject, String text, @Nullable String html) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern CONDITION = Pattern.compile("^\\[(\\w+)] ?", Pattern.MULTILINE);

    /** The condition of lines that stay only if the change can be undone, and the place of the token. */
    static final String UNDO = "undo";

    private static final Pattern NO_NAME = Pattern.compile("[, ]*\\{name}");

    /**
     * @param name of the file, for the sentence that says what is wrong with it
     * @param content the subject in the first line, then the text; of a text message the text alone
     */
    static Template read(TemplateKind kind, String name, String content, @Nullable String html) {
        String[] parts = kind.isLetter() ? content.strip().split("\\R", 2) : new String[] {"", content};
        Template template = new Template(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip() + "\n", html);
        check(!kind.isLetter() || !template.subject.isEmpty(), name, "has no subject in its first line");
        check(!template.text.isBlank(), name, "has no text after the subject in its first line");
        check(kind.isLetter() || html == null, name, "is for text messages, which have no HTML");
        checkPlaces(kind, name, template.subject + "\n" + template.text);
        checkConditions(kind, name, template.text);
        if (html != null) {
            String other = name.replaceFirst("txt$", "html");
            checkPlaces(kind, other, html);
            checkConditions(kind, other, html);
        }
        return template;
    }

    private static void checkPlaces(TemplateKind kind, String name, String content) {
        Set<String> places = found(PLACE, content);
        for (String needed : kind.needed) {
            check(places.contains(needed), name, "lacks {" + needed + "}");
        }
        for (String place : places) {
            check(kind.allowed.contains(place), name, "has an unknown place {" + place + "}");
        }
    }

    private static void checkConditions(TemplateKind kind, String name, String content) {
        Set<String> conditions = found(CONDITION, content);
        for (String condition : kind.conditions) {
            check(conditions.contains(condition), name, "has no line that begins with [" + condition + "]");
        }
        for (String condition : conditions) {
            check(
                    kind.conditions.contains(condition) || kind.allowed.contains(UNDO) && condition.equals(UNDO),
                    name,
                    "has a line that begins with the unknown [" + condition + "]");
        }
    }

    private static Set<String> found(Pattern pattern, String content) {
        return pattern.matcher(content).results().map(m -> m.group(1)).collect(Collectors.toSet());
    }

    private static void check(boolean holds, String name, String fault) {
        if (!holds) {
            throw Templates.invalid("holds %s, which %s".formatted(name, fault));
        }
    }

    Letter fill(Map<String, String> values, Collection<String> changed) {
        return new Letter(
                fill(subject, values, List.of(), v -> v),
                fill(text, values, changed, v -> v),
                html == null ? null : fill(html, values, changed, v -> HtmlUtils.htmlEscape(v, "UTF-8")));
    }

    /** Without a name, the comma before it goes too. All places at once: a name that looks like a place is just a name. Nothing in a value can begin a new line. */
    private static String fill(
            String template, Map<String, String> values, Collection<String> changed, UnaryOperator<String> escape) {
        String lines = template.lines()
                .filter(line -> {
                    Matcher condition = CONDITION.matcher(line);
                    return !condition.find() || changed.contains(condition.group(1));
                })
                .map(line -> CONDITION.matcher(line).replaceFirst(""))
                .collect(Collectors.joining("\n"));
        if (values.getOrDefault("name", "").isEmpty()) {
            lines = NO_NAME.matcher(lines).replaceAll("");
        }
        return PLACE.matcher(lines)
                .replaceAll(m -> Matcher.quoteReplacement(
                        escape.apply(values.getOrDefault(m.group(1), "").replaceAll("\\p{Cntrl}|\\R", " "))));
    }
}
