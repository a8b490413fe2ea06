package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} promises nothing that no test shows. */
class SecurityDocumentTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\| (.*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    private final List<MatchResult> rows = Files.readString(ROOT.resolve("docs/security.md"))
            .lines()
            .flatMap(line -> ROW.matcher(line).results())
            .toList();

    SecurityDocumentTest() throws IOException {}

    @Test
    void everyLineHasATest() {
        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
        assertThat(rows)
                .allSatisfy(row -> assertThat(TEST.matcher(row.group(3)).find())
                        .as("a test of line " + row.group(1))
                        .isTrue());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = rows.stream()
                .flatMap(row -> TEST.matcher(row.group(3)).results())
                .filter(test -> !tests.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();
        assertThat(missing).isEmpty();
    }

    /** The source of each test class by its name. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityDocumentTest::sources)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityDocumentTest::read,
                            String::concat));
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
