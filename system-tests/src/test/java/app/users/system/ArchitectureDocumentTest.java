package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} names classes that exist. */
class ArchitectureDocumentTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Pattern FILE = Pattern.compile("(?:.*\\$)?(\\w+)\\.class");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*)`");

    @Test
    void everyClassThatIsNamedIsThere() throws IOException {
        Set<String> classes = classes();
        List<String> named = CLASS.matcher(Files.readString(ROOT.resolve("docs/architecture.md")))
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(30).isSubsetOf(classes);
    }

    /** By the names of their files. */
    private static Set<String> classes() throws IOException {
        Set<String> classes = new HashSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.flatMap(module ->
                            Stream.of("target/classes", "target/test-classes").map(module::resolve))
                    .filter(Files::isDirectory)
                    .toList();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.map(file -> FILE.matcher(file.getFileName().toString()))
                            .filter(Matcher::matches)
                            .forEach(file -> classes.add(file.group(1)));
                }
            }
        }
        return classes;
    }
}
