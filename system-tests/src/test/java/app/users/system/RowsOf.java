package app.users.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The cases of the test are the rows of the table under this heading of {@code docs/api.md}, as {@link ApiPage.Row}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(RowsOf.Rows.class)
@interface RowsOf {

    String value();

    /** Takes the rows from the page. */
    final class Rows implements ArgumentsProvider {

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            RowsOf rows = context.getRequiredTestMethod().getAnnotation(RowsOf.class);
            return ApiPage.read().table(rows.value()).stream().map(Arguments::of);
        }
    }
}
