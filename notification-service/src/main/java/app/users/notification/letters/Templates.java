package app.users.notification.letters;

import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All templates by kind and language, read and checked at the start: {@code confirm-email.en.txt} and, for those who read
 * HTML, {@code confirm-email.en.html}. A text in the folder replaces the built-in pair; more languages may be added.
 */
final class Templates {

    private static final String FALLBACK = "en";
    private static final Set<String> BUILT_IN = Set.of(FALLBACK, "ru");
    private static final Pattern FILE = Pattern.compile("([a-z-]+)\\.([a-z]{2,3})\\.(txt|html)");

    private final Map<TemplateKind, Map<String, Template>> all = new EnumMap<>(TemplateKind.class);

    private Templates() {}

    /** @param folder with files that replace built-in ones, or none */
    static Templates load(@Nullable Path folder) {
        Templates templates = new Templates();
        Set<String> own = folder == null ? Set.of() : files(folder);
        for (TemplateKind kind : TemplateKind.values()) {
            Map<String, Template> byLanguage = new HashMap<>();
            for (String language : languages(own)) {
                String name = kind.file + "." + language;
                if (folder != null && own.contains(name + ".txt")) {
                    String html = own.contains(name + ".html") ? read(folder.resolve(name + ".html")) : null;
                    Path text = folder.resolve(name + ".txt");
                    byLanguage.put(language, Template.read(kind, text.toString(), read(text), html));
                } else if (own.contains(name + ".html")) {
                    throw invalid("holds %s.html, which needs %s.txt beside it".formatted(name, name));
                } else if (BUILT_IN.contains(language)) {
                    String html = kind.isLetter() ? builtIn(name + ".html") : null;
                    byLanguage.put(language, Template.read(kind, name + ".txt", builtIn(name + ".txt"), html));
                }
            }
            templates.all.put(kind, byLanguage);
        }
        return templates;
    }

    /** @param language an IETF tag; English when there is no such template */
    Template of(TemplateKind kind, String language) {
        Map<String, Template> byLanguage = Objects.requireNonNull(all.get(kind));
        Template found = byLanguage.get(Locale.forLanguageTag(language).getLanguage());
        return found != null ? found : Objects.requireNonNull(byLanguage.get(FALLBACK));
    }

    private static Set<String> languages(Set<String> own) {
        Set<String> languages = new HashSet<>(BUILT_IN);
        own.stream().map(FILE::matcher).filter(Matcher::matches).forEach(m -> languages.add(m.group(2)));
        return languages;
    }

    private static Set<String> files(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            Set<String> names = found.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".txt") || n.endsWith(".html"))
                    .collect(Collectors.toCollection(TreeSet::new));
            names.forEach(name -> checkName(folder, name));
            return names;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "users.notification.templates: the folder " + folder + " cannot be read", e);
        }
    }

    private static void checkName(Path folder, String name) {
        Matcher parts = FILE.matcher(name);
        Set<String> known =
                Stream.of(TemplateKind.values()).map(k -> k.file).collect(Collectors.toCollection(TreeSet::new));
        if (!parts.matches() || !known.contains(parts.group(1))) {
            throw invalid("holds %s, which is no template: a name is one of %s, a language and txt or html"
                    .formatted(folder.resolve(name), known));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw invalid("holds %s, which is not in UTF-8".formatted(file));
        } catch (IOException e) {
            throw invalid("holds %s, which cannot be read: %s".formatted(file, e));
        }
    }

    private static String builtIn(String file) {
        try (InputStream in = Templates.class.getResourceAsStream("/mails/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InvalidSetting invalid(String fault) {
        return new InvalidSetting("users.notification.templates", fault);
    }
}
