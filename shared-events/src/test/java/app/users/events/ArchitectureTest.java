package app.users.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Every service depends on the events, so the events depend on next to nothing. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("app.users.events");

    @Test
    void dependsOnTheJdkAndJacksonAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "app.users.events",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson.annotation",
                        "tools.jackson..")
                .check(CLASSES);
    }

    /** Yesterday's event must load: no rule of today may stand in its way. */
    @Test
    void eventsCarryPlainTypes() {
        classes()
                .that()
                .implement(UserEvent.class)
                .or()
                .implement(SecurityEvent.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "app.users.events", "java..", "org.jspecify.annotations", "com.fasterxml.jackson.annotation")
                .check(CLASSES);
    }
}
