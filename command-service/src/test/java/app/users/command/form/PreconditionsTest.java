package app.users.command.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                |               | true",
                "`*`             |               | true",
                "`\"5\"`         |               | true",
                "`\"4\", \"5\"`  |               | true",
                "`W/\"4\",\"5\"` |               | true",
                "`W/\"5\"`       |               | false",
                "`\"4\"`         |               | false",
                "`\"4\", \"6\"`  |               | false",
                "`5`             |               | false",
                "`nonsense`      |               | false",
                "`\"5`           |               | false",
                "                | `*`           | false",
                "                | `\"5\"`       | false",
                "                | `W/\"5\"`     | false",
                "                | `\"4\",\"5\"` | false",
                "                | `\"4\"`       | true",
                "                | `nonsense`    | true",
                "`\"5\"`         | `\"4\"`       | true",
                "`\"5\"`         | `\"5\"`       | false",
            })
    void comparesTagsAsRfc9110Says(@Nullable String ifMatch, @Nullable String ifNoneMatch, boolean holds) {
        assertThat(Preconditions.of(ifMatch, ifNoneMatch).holds(5)).isEqualTo(holds);
    }
}
