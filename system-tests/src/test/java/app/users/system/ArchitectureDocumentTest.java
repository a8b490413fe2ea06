package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} names classes that exist. */
class ArchitectureDocumentTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
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

    private static Set<String> classes() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return new ClassFileImporter()
                            .importPaths(modules.flatMap(module -> Stream.of("target/classes", "target/test-classes")
                                            .map(module::resolve))
                                    .filter(Files::isDirectory)
                                    .toList())
                            .stream()
                            .map(JavaClass::getSimpleName)
                            .collect(Collectors.toSet());
        }
    }
}
