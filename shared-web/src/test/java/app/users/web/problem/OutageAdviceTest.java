package app.users.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

class OutageAdviceTest {

    private final OutageAdvice advice =
            new OutageAdvice(new Problems(JsonMapper.builder().build(), new Texts(), new FixedLocaleResolver()));

    /** Connection lost, too many connections, shutdown, the timeouts of locks, statements and transactions. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08006", "53300", "57P01", "55P03", "57014", "25P03", "25P04"})
    void whatADatabaseSaysWhenItIsAwayOrTooSlowIsA503(@Nullable String state) {
        var answer = advice.sql(new SQLException("said the database", state), new MockHttpServletRequest());
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22001"})
    void anyOtherStateIsADefect(String state) {
        var answer = advice.sql(new SQLException("said the database", state), new MockHttpServletRequest());
        assertThat(answer.getStatusCode().value()).isEqualTo(500);
    }
}
