package app.users.query;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.mongodb.MongoException;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "app.users.query";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void eachPackageUsesOnlyThoseThatTheTableNames() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("view")
                .definedBy(ROOT + ".view")
                .layer("projection")
                .definedBy(ROOT + ".projection")
                .layer("rebuild")
                .definedBy(ROOT + ".rebuild")
                .layer("parked")
                .definedBy(ROOT + ".parked")
                .layer("read")
                .definedBy(ROOT + ".read")
                .whereLayer("view")
                .mayNotAccessAnyLayer()
                .whereLayer("projection")
                .mayOnlyAccessLayers("view")
                .whereLayer("rebuild")
                .mayOnlyAccessLayers("projection", "view")
                .whereLayer("parked")
                .mayOnlyAccessLayers("rebuild", "projection", "view")
                .whereLayer("read")
                .mayOnlyAccessLayers("view")
                .ensureAllClassesAreContainedInArchitectureIgnoring(ROOT)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void controllersAndEndpointsUseNoDriver() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .or()
                .haveSimpleNameEndingWith("Endpoint")
                .or()
                .resideInAPackage(ROOT + ".read")
                .should()
                .dependOnClassesThat(resideInAPackage("com.mongodb..")
                        .or(resideInAPackage("org.bson.."))
                        .or(resideInAPackage("java.sql.."))
                        .or(resideInAPackage("org.springframework.jdbc.."))
                        .and(not(equivalentTo(MongoException.class))))
                .check(CLASSES);
    }

    @Test
    void viewsKnowNeitherSpringNorKafka() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".view")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "app.users.kafka..")
                .check(CLASSES);
    }
}
