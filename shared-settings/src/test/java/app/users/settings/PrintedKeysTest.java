package app.users.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that is printed anywhere is nobody's secret. */
class PrintedKeysTest {

    private static final Path TOP =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43,}={0,2}");

    @Test
    void nothingThatIsPrintedPassesForAKeyInProduction() throws IOException {
        try (Stream<Path> documents = Files.walk(TOP.resolve("docs"))) {
            List<Path> files = Stream.concat(
                            documents.filter(Files::isRegularFile).filter(PrintedKeysTest::isForPeople),
                            Stream.of("README.md", "docker-compose.yml", "secrets")
                                    .map(TOP::resolve))
                    .toList();
            for (Path file : files) {
                assertThat(BASE64.matcher(Files.readString(file)).results().map(MatchResult::group))
                        .as(file.toString())
                        .noneMatch(PrintedKeysTest::passes);
            }
        }
    }

    /** A lock file holds hashes of libraries, and a picture is not copied as a key. */
    private static boolean isForPeople(Path file) {
        return !file.endsWith("package-lock.json") && !file.toString().endsWith(".png");
    }

    private static boolean passes(String text) {
        if (text.chars().allMatch(Character::isLetter)) {
            // the name of a test; of ten thousand keys one looks like it
            return false;
        }
        try {
            return !Key.of(text).isWeak();
        } catch (IllegalArgumentException noKey) {
            return false;
        }
    }
}
