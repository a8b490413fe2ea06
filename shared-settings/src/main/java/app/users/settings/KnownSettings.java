package app.users.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses a {@code users.*} setting that no service knows: it would be ignored, and its owner deceived. The environment is
 * shared with strangers (Kubernetes sets {@code USERS_PORT} for a service named users), so there only a name that is nearly
 * one of ours is refused.
 */
final class KnownSettings {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("users");
    private static final String LIST = "META-INF/users-settings.txt";
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern NAME = Pattern.compile("\"name\": *\"(users\\.[^\"]+)\"");
    private static final int SLIP = 2;

    private final ClassLoader classes = KnownSettings.class.getClassLoader();

    /** Of all services, so that they can share a file of settings. */
    private final Set<ConfigurationPropertyName> known = listed();

    private boolean complete;

    void check(Iterable<PropertySource<?>> sources) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(sources)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                boolean shared = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                names.stream().filter(OURS::isAncestorOf).forEach(name -> check(name, shared));
            }
        }
    }

    private void check(ConfigurationPropertyName name, boolean shared) {
        if (isKnown(name, shared)) {
            return;
        }
        ConfigurationPropertyName nearest =
                Collections.min(known, Comparator.comparingInt(k -> distance(letters(k), letters(name))));
        if (!shared || distance(letters(nearest), letters(name)) <= SLIP) {
            throw new InvalidSetting(name.toString(), "is no setting; did you mean " + nearest + "?");
        }
    }

    private boolean isKnown(ConfigurationPropertyName name, boolean shared) {
        if (contains(name, shared)) {
            return true;
        }
        if (!complete) {
            // it may be newer than the list
            complete = true;
            known.addAll(described());
        }
        return contains(name, shared);
    }

    /** An environment variable has no dashes: {@code USERS_MASTER_KEY} reads as {@code users.master.key}. */
    private boolean contains(ConfigurationPropertyName name, boolean shared) {
        return known.stream()
                .anyMatch(k -> k.equals(name)
                        || k.isAncestorOf(name)
                        || shared && letters(k).equals(letters(name)));
    }

    private Set<ConfigurationPropertyName> listed() {
        URL list = Objects.requireNonNull(classes.getResource(LIST), LIST);
        return text(list)
                .lines()
                .map(ConfigurationPropertyName::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<ConfigurationPropertyName> described() {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        try {
            for (URL metadata : Collections.list(classes.getResources(METADATA))) {
                String text = text(metadata);
                // the prefixes stand before, among the groups
                int properties = Math.max(0, text.indexOf("\"properties\""));
                Matcher name = NAME.matcher(text).region(properties, text.length());
                while (name.find()) {
                    names.add(ConfigurationPropertyName.of(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static String text(URL resource) {
        try (InputStream in = resource.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String letters(ConfigurationPropertyName name) {
        return name.toString().toLowerCase(Locale.ROOT).replaceAll("[.-]", "");
    }

    /** How many letters have to be added, dropped or replaced to make one of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
