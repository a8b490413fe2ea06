package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.platform.commons.annotation.Testable;

/** {@code docs/security.md} promises nothing that no test shows: each row names tests that run and that check something. */
@TestInstance(Lifecycle.PER_CLASS)
class SecurityDocumentTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\| (.*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern ASSERTION =
            Pattern.compile("org\\.assertj\\..*|org\\.mockito\\..*|org\\.axonframework\\.test\\..*");

    /** Read once: it takes seconds. */
    private final JavaClasses tests = compiledTests();

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
    void everyTestThatIsNamedRuns() {
        assertThat(named().filter(test -> methods(test).noneMatch(SecurityDocumentTest::runs)))
                .isEmpty();
    }

    @Test
    void everyTestThatIsNamedChecksSomething() {
        assertThat(named().filter(test -> methods(test).noneMatch(this::checks)))
                .isEmpty();
    }

    private Stream<String> named() {
        return rows.stream()
                .flatMap(row -> TEST.matcher(row.group(3)).results())
                .map(MatchResult::group);
    }

    /** The methods of this name, in the class or in one that is nested in it. */
    private Stream<JavaMethod> methods(String test) {
        String[] parts = test.replace("`", "").split("#", 2);
        return tests.stream()
                .filter(type -> outermost(type).getSimpleName().equals(parts[0]))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().equals(parts[1]));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(SecurityDocumentTest::outermost).orElse(type);
    }

    private static boolean runs(JavaMethod method) {
        return (method.isAnnotatedWith(Testable.class) || method.isMetaAnnotatedWith(Testable.class))
                && !method.isAnnotatedWith(Disabled.class)
                && !method.getOwner().isAnnotatedWith(Disabled.class)
                && !outermost(method.getOwner()).isAnnotatedWith(Disabled.class);
    }

    /** Whether it calls an assertion, or a method of the tests that does. */
    private boolean checks(JavaMethod test) {
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>(List.of(test));
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.remove();
            if (!seen.add(unit)) {
                continue;
            }
            for (var call : unit.getCallsFromSelf()) {
                CodeUnitCallTarget target = call.getTarget();
                if (ASSERTION.matcher(target.getOwner().getName()).matches()) {
                    return true;
                }
                target.resolveMember().ifPresent(next::add);
            }
        }
        return false;
    }

    private static JavaClasses compiledTests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return new ClassFileImporter()
                    .importPaths(modules.map(module -> module.resolve("target/test-classes"))
                            .filter(Files::isDirectory)
                            .toList())
                    .that(DescribedPredicate.describe(
                            "are ours", type -> type.getPackageName().startsWith("app.users")));
        }
    }
}
