package app.users.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The examples of the contract, byte for byte as it prints them, in its order. */
final class Contract {

    private static final Pattern EXAMPLE = Pattern.compile("```json\\s*\\R(.*?)```", Pattern.DOTALL);
    private static final List<String> EXAMPLES = examples();

    static final String REGISTRATION = EXAMPLES.get(0);
    static final String SIGN_IN_BY_EMAIL = EXAMPLES.get(2);
    static final String SIGN_IN_BY_NUMBER = EXAMPLES.get(3);
    static final String REFRESH = EXAMPLES.get(5);
    static final String CHANGE = EXAMPLES.get(9);
    static final String ACCEPT_EMAIL = EXAMPLES.get(11);

    private Contract() {}

    private static List<String> examples() {
        try (InputStream text = Objects.requireNonNull(Contract.class.getResourceAsStream("/users-api.md"))) {
            return EXAMPLE.matcher(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult example) -> example.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
