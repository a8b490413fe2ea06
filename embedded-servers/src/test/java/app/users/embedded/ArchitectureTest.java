package app.users.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("app.users.embedded");

    @Test
    void onlyServersAndWhatStartsThemArePublic() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveNameMatching("app\\.users\\.embedded\\.(\\w+Server|PostgresRoles|PostgresPasswords|PortTaken)")
                .check(CLASSES);
    }

    /** The standalone process starts the servers beside the Spring context, on threads of its own. */
    @Test
    void serversAreStartedWithoutSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .check(CLASSES);
    }
}
