package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/check-tokens.md} as tests read it: its examples, for the issuer that runs. */
record CheckTokensPage(String text) {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs/check-tokens.md");
    private static final Pattern JOSE = Pattern.compile("npm install (jose@[0-9.]+)");

    static CheckTokensPage of(RunningSystem system) {
        try {
            return new CheckTokensPage(Files.readString(PAGE).replace("http://localhost:8080/users", system.issuer()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param language as the page names it behind the fence */
    String example(String language) {
        return first(Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL));
    }

    /** The example in Java with the bean that accepts at+jwt, which the page shows after it: imports, an empty line, a method. */
    String springWithBean() {
        String[] bean = first(Pattern.compile("```java\n([^`]*JwtTypeValidator.*?)```", Pattern.DOTALL))
                .split("\n\n", 2);
        String example = example("java");
        return bean[0] + "\n" + example.substring(0, example.lastIndexOf('}')) + bean[1] + "}\n";
    }

    /** The settings in YAML with the issuer alone. */
    String issuerAlone() {
        return example("yaml").replaceFirst("(?m)^  audiences:.*\n", "");
    }

    String jose() {
        return first(JOSE);
    }

    private String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("nothing like " + pattern + " on the page");
        }
        return matcher.group(1);
    }
}
