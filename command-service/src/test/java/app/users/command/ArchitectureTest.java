package app.users.command;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which, and what the rules of the user must not know. */
class ArchitectureTest {

    private static final String ROOT = "app.users.command";

    /** A package and those it may use. {@code value} to {@code credentials} are shared; the features use no other feature. */
    private static final String MAY_USE = """
            value:
            sweep:
            user:         value
            form:         user value
            keys:         value
            store:        keys user
            relay:        store keys
            replay:       relay
            security:     relay
            throttle:     keys sweep
            credentials:  user value form security throttle
            idempotency:  keys credentials sweep
            aggregate:    user value keys credentials idempotency throttle sweep

            registration: aggregate user credentials form idempotency throttle
            profile:      aggregate user value credentials form idempotency throttle
            confirmation: aggregate user form idempotency throttle
            password:     aggregate user value credentials security form throttle
            leaving:      aggregate user value form idempotency
            signin:       user value credentials keys security form throttle
            docs:
            """;

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    static Map<String, Set<String>> table() {
        return MAY_USE.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(":"))
                .collect(Collectors.toMap(
                        line -> line[0],
                        line -> line.length == 1
                                ? Set.of()
                                : new TreeSet<>(Arrays.asList(line[1].strip().split(" "))),
                        (a, b) -> a,
                        TreeMap::new));
    }

    static Set<String> packages() {
        return table().keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatTheTableAllows(String name) {
        Set<String> allowed = table().getOrDefault(name, Set.of());
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat(describe(
                        "are of another package than " + allowed,
                        used -> isOurs(used) && !name(used).equals(name) && !allowed.contains(name(used))))
                .check(CLASSES);
    }

    @Test
    void theTableHoldsEveryPackageAndNothingThatIsNotUsed() {
        Map<String, Set<String>> used = new TreeMap<>();
        CLASSES.stream().filter(c -> isOurs(c) && !name(c).isEmpty()).forEach(c -> {
            Set<String> uses = used.computeIfAbsent(name(c), _ -> new TreeSet<>());
            c.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> isOurs(target) && !name(target).equals(name(c)))
                    .forEach(target -> uses.add(name(target)));
        });
        assertThat(used).isEqualTo(table());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void controllersDoNotTouchSql() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
                .check(CLASSES);
    }

    @Test
    void theRulesOfTheUserKnowNoFrameworkButTheBusOfTheirCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".user", ROOT + ".value")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "jakarta.servlet..", "app.users.web..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class));
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().startsWith(ROOT);
    }

    /** Of the package within the service; empty for the root, which puts all together. */
    private static String name(JavaClass c) {
        return c.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "");
    }
}
