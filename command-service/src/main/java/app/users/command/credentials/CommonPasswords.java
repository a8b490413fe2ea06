package app.users.command.credentials;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The most common passwords: the list of 100 000 that comes with nbvcxz (MIT), of which only the long enough ones matter. */
final class CommonPasswords {

    private static final String LIST = "/dictionaries/passwords.txt";

    private final Set<String> passwords;

    /** @param minLength shorter ones are refused anyway and not kept */
    CommonPasswords(int minLength) {
        InputStream list = CommonPasswords.class.getResourceAsStream(LIST);
        if (list == null) {
            throw new IllegalStateException("the list of common passwords is missing: " + LIST);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            passwords = lines.lines()
                    .filter(line -> line.length() >= minLength)
                    .map(CommonPasswords::folded)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contains(String password) {
        return passwords.contains(folded(password));
    }

    private static String folded(String password) {
        return password.toLowerCase(Locale.ROOT);
    }
}
