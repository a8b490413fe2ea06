package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** {@code docs/api.md} says nothing that no test shows, and no test claims to show what it does not say. */
class ApiDocumentTest {

    private final ApiPage page = ApiPage.read();

    @Test
    void everySentenceIsShownByATest() {
        List<String> shown = tests().flatMap(test -> Arrays.stream(test.getAnnotationsByType(Says.class)))
                .map(Says::value)
                .toList();
        assertThat(page.sentences()).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(page.sentences().stream().filter(sentence -> !shown.contains(sentence)))
                .as("sentences of docs/api.md without a test that says them")
                .isEmpty();
        assertThat(shown.stream().filter(sentence -> !page.sentences().contains(sentence)))
                .as("what tests say and docs/api.md does not")
                .isEmpty();
    }

    @Test
    void everyTableIsRunRowByRow() {
        List<String> run = tests().flatMap(test -> AnnotationSupport.findAnnotation(test, RowsOf.class).stream())
                .map(RowsOf::value)
                .toList();
        assertThat(run).containsExactlyInAnyOrderElementsOf(page.tables().keySet());
    }

    private static Stream<Method> tests() {
        return ReflectionSupport.findAllClassesInPackage(
                        ApiDocumentTest.class.getPackageName(), type -> true, name -> name.endsWith("IT"))
                .stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .filter(method -> !AnnotationSupport.isAnnotated(method, Disabled.class));
    }
}
