package app.users.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The checks of settings records; each throws {@link InvalidSetting}. */
public final class Require {

    private Require() {}

    /** @param right what to set it to */
    public static <T> T present(String property, @Nullable T value, String right) {
        if (value == null) {
            throw new InvalidSetting(property, "is missing; set it to " + right);
        }
        return value;
    }

    public static void text(String property, String value) {
        if (value.isBlank()) {
            throw new InvalidSetting(property, "is empty; it needs a text");
        }
    }

    public static void between(String property, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidSetting(property, "is %d; it must be from %d to %d".formatted(value, least, most));
        }
    }

    public static void atLeast(String property, int value, int least) {
        if (value < least) {
            throw new InvalidSetting(property, "is %d; it must be at least %d".formatted(value, least));
        }
    }

    public static void port(String property, int value) {
        between(property, value, 1, 65_535);
    }

    public static void atLeast(String property, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new InvalidSetting(property, "is %s; it must be at least %s".formatted(shown(value), shown(least)));
        }
    }

    public static void between(String property, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidSetting(
                    property, "is %s; it must be from %s to %s".formatted(shown(value), shown(least), shown(most)));
        }
    }

    /** Absolute, over HTTP. */
    public static void webAddress(String property, URI value) {
        boolean http = "http".equals(value.getScheme()) || "https".equals(value.getScheme());
        if (!http || value.getHost() == null) {
            throw new InvalidSetting(
                    property, "is \"%s\"; it must be an absolute address such as http://host:8080".formatted(value));
        }
    }

    private static String shown(Duration value) {
        return value.toMillis() % 1_000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
