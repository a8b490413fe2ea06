package app.users.notification;

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

    private static final String ROOT = "app.users.notification";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void eachPackageUsesOnlyThoseThatTheTableNames() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("letters")
                .definedBy(ROOT + ".letters")
                .layer("outage")
                .definedBy(ROOT + ".outage")
                .layer("ledger")
                .definedBy(ROOT + ".ledger")
                .layer("delivery")
                .definedBy(ROOT + ".delivery")
                .layer("intake")
                .definedBy(ROOT + ".intake")
                .whereLayer("letters")
                .mayNotAccessAnyLayer()
                .whereLayer("outage")
                .mayNotAccessAnyLayer()
                .whereLayer("ledger")
                .mayOnlyAccessLayers("letters")
                .whereLayer("delivery")
                .mayOnlyAccessLayers("ledger", "letters", "outage")
                .whereLayer("intake")
                .mayOnlyAccessLayers("delivery", "ledger", "letters", "outage")
                .ensureAllClassesAreContainedInArchitectureIgnoring(ROOT)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** The delivery may catch the driver's exception: it must not forget a sent mail during an outage. */
    @Test
    void onlyTheLedgerUsesMongo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".ledger")
                .should()
                .dependOnClassesThat(resideInAPackage("com.mongodb..").and(not(equivalentTo(MongoException.class))))
                .check(CLASSES);
    }

    @Test
    void lettersUseNoServer() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".letters")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.mongodb..", "org.apache.kafka..", "org.springframework.kafka..", "jakarta.mail..")
                .check(CLASSES);
    }
}
