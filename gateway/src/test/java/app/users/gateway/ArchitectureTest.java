package app.users.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("app.users.gateway");

    @Test
    void reachesTheServicesOverHttpOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "app.users.command..",
                        "app.users.query..",
                        "app.users.notification..",
                        "app.users.kafka..",
                        "app.users.events..",
                        "org.apache.kafka..",
                        "com.mongodb..",
                        "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyTheProcessIsPublic() {
        classes().that().arePublic().should().be(GatewayApplication.class).check(CLASSES);
    }
}
