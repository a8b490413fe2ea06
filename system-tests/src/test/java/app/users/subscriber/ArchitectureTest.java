package app.users.subscriber;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** It stands for the services of others: what they do not have, it must not use. */
class ArchitectureTest {

    @Test
    void knowsNothingOfThisProject() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("app.users..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("app.users.subscriber")))
                .check(new ClassFileImporter().importPackages("app.users.subscriber"));
    }
}
