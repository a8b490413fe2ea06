package app.users.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("app.users.kafka");

    /** So there is no cycle: the other package may use it. */
    @Test
    void lagIsMeasuredWithoutKafka() {
        noClasses()
                .that()
                .resideInAPackage("app.users.kafka.lag")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("app.users.kafka", "org.apache.kafka..", "org.springframework.kafka..")
                .check(CLASSES);
    }

    @Test
    void knowsNoDatabase() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.mongodb..", "org.bson..", "java.sql..", "org.springframework.jdbc..")
                .check(CLASSES);
    }
}
