package app.users.web;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.Filter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** The packages of this module and what each may use. The entry configurations in {@code app.users.web} may use all of them. */
class ArchitectureTest {

    private static final String ROOT = "app.users.web";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("order", Set.of()),
            Map.entry("openapi", Set.of()),
            Map.entry("id", Set.of("order")),
            Map.entry("proxy", Set.of("order")),
            Map.entry("problem", Set.of("order", "id")),
            Map.entry("http", Set.of("order", "problem")),
            Map.entry("body", Set.of("order", "problem")),
            Map.entry("cors", Set.of("order", "id", "problem", "http")),
            Map.entry("route", Set.of("order", "problem", "http")),
            Map.entry("token", Set.of("problem", "route")),
            Map.entry("freshness", Set.of("order", "problem", "http", "route")),
            Map.entry("page", Set.of("problem", "route", "openapi")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theTableNamesEveryPackage() {
        assertThat(CLASSES.getPackage(ROOT).getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage(ROOT + "." + name))
                        .and(JavaClass.Predicates.resideOutsideOfPackages(allowed.stream()
                                .map(other -> ROOT + "." + other)
                                .toArray(String[]::new))))
                .because("%s may use only %s".formatted(name, allowed))
                .check(CLASSES));
    }

    /** Other code uses them through the configurations only. */
    @Test
    void filtersAndAdvicesAreNotPublic() {
        classes()
                .that(assignableTo(Filter.class).or(metaAnnotatedWith(ControllerAdvice.class)))
                .should()
                .notBePublic()
                .check(CLASSES);
    }
}
