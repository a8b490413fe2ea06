package app.users.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import app.users.command.relay.TopicProgress;
import app.users.query.projection.ViewSet;
import app.users.query.rebuild.ViewSets;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("app.users.standalone");

    /** Beside their configurations, it asks whether the topic and the views have caught up before it says that it is ready. */
    @Test
    void usesTheConfigurationsOfTheServices() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("app.users.command..", "app.users.query..", "app.users.notification..")
                                .and(not(simpleNameEndingWith("Configuration")))
                                .and(not(type(TopicProgress.class)))
                                .and(not(type(ViewSets.class)))
                                .and(not(type(ViewSet.class))))
                .check(CLASSES);
    }
}
