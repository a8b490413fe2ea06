package app.users.web.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.TestTokens;
import app.users.web.problem.Problems;
import app.users.web.problem.Texts;
import app.users.web.route.Owner;
import app.users.web.route.Routes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

class ReadYourWritesTest {

    private static final String PATH = "/users/user";

    private final MovableClock clock = new MovableClock();
    private final JsonMapper json = JsonMapper.builder().build();
    private final ReadYourWrites filter = new ReadYourWrites(
            new LastWrites(clock),
            new Routes(Set.of(Owner.values())),
            new Problems(json, new Texts(), new FixedLocaleResolver()),
            json);

    private final String ann = token("1");
    private final String bob = token("2");

    @Test
    void aReadAsksForWhatTheSameUserWrote() throws Exception {
        write(ann, 200, "5");
        assertThat(read(ann, null)).isEqualTo("5");
        assertThat(read(token("1"), null)).as("another token of the same user").isEqualTo("5");
        assertThat(read(bob, null)).isNull();
        assertThat(read(null, null)).isNull();
    }

    @Test
    void anOlderWriteThatAnswersLateChangesNothing() throws Exception {
        write(ann, 200, "5");
        write(ann, 200, "4");
        assertThat(read(ann, null)).isEqualTo("5");
    }

    @Test
    void theClientMayAskForMoreButNotForLess() throws Exception {
        write(ann, 200, "5");
        assertThat(read(ann, "9")).isEqualTo("9");
        assertThat(read(ann, "3")).isEqualTo("5");
        assertThat(read(bob, "3")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1.5", "1, 2"})
    void whatIsNoVersionIsLeftForTheControllerToRefuse(String asked) throws Exception {
        assertThat(read(bob, asked)).isEqualTo(asked);
        write(ann, 200, "5");
        assertThat(read(ann, asked)).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1000000000000000000", "9223372036854775807", "9223372036854775808", "99999999999999999999999"})
    void aVersionThatNobodyReachesIsStillOne(String asked) throws Exception {
        write(ann, 200, "5");
        assertThat(Long.parseLong(String.valueOf(read(ann, asked)))).isGreaterThanOrEqualTo(1_000_000_000_000_000_000L);
    }

    @Test
    void refusedWritesAreNotRemembered() throws Exception {
        write(ann, 401, "5");
        write(ann, 500, "5");
        write(ann, 200, "x");
        assertThat(read(ann, null)).isNull();
    }

    @Test
    void theVersionIsKnownBeforeTheAnswerLeaves() throws Exception {
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        filter.doFilter(request("PATCH", ann), new MockHttpServletResponse(), (request, response) -> {
            ((HttpServletResponse) response).setHeader("Users-Version", "5");
            seen.set(readQuietly(ann));
        });
        assertThat(seen.get()).isEqualTo("5");
    }

    @Test
    void remembersUntilTheTokenOfTheWriteExpires() throws Exception {
        write(ann, 200, "5");
        clock.advance(Duration.ofMinutes(9));
        assertThat(read(ann, null)).isEqualTo("5");
        clock.advance(Duration.ofMinutes(2));
        assertThat(read(ann, null)).isNull();
    }

    @Test
    void whoeverErasedThemselvesIsRefusedUntilTheTokenExpires() throws Exception {
        filter.doFilter(
                request("DELETE", ann),
                new MockHttpServletResponse(),
                (request, response) -> ((HttpServletResponse) response).setHeader("Users-Erased", "true"));
        MockHttpServletResponse refused = new MockHttpServletResponse();
        filter.doFilter(request("GET", ann), refused, unreachable());
        assertThat(refused.getStatus()).isEqualTo(401);
        assertThat(refused.getHeader("WWW-Authenticate")).contains("invalid_token");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        assertThat(read(bob, null)).isNull();
        clock.advance(Duration.ofMinutes(11));
        assertThat(read(ann, null)).isNull();
    }

    @Test
    void theErasedMayRegisterAgain() throws Exception {
        filter.doFilter(
                request("DELETE", ann),
                new MockHttpServletResponse(),
                (request, response) -> ((HttpServletResponse) response).setHeader("Users-Erased", "true"));
        MockHttpServletRequest register = request("POST", ann);
        register.setRequestURI("/users/auth/registration");
        AtomicReference<Boolean> reached = new AtomicReference<>(false);
        filter.doFilter(register, new MockHttpServletResponse(), (request, response) -> reached.set(true));
        assertThat(reached.get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer a.b.c", "Bearer a.!!.c", "Basic YTpi", "Bearer a.e30.c", "Bearer a.W10.c"})
    void strangeTokensPassUnread(String header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", PATH);
        request.addHeader("Authorization", header);
        AtomicReference<Boolean> reached = new AtomicReference<>(false);
        filter.doFilter(request, new MockHttpServletResponse(), (rq, rs) -> reached.set(true));
        assertThat(reached.get()).isTrue();
    }

    private void write(String token, int status, String version) throws ServletException, IOException {
        filter.doFilter(request("PATCH", token), new MockHttpServletResponse(), (request, response) -> {
            ((HttpServletResponse) response).setStatus(status);
            ((HttpServletResponse) response).addHeader("users-version", version);
        });
    }

    private @Nullable String read(@Nullable String token, @Nullable String asked) throws ServletException, IOException {
        MockHttpServletRequest request = request("GET", token);
        if (asked != null) {
            request.addHeader("Users-Min-Version", asked);
        }
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        filter.doFilter(request, new MockHttpServletResponse(), (passed, response) -> {
            HttpServletRequest http = (HttpServletRequest) passed;
            seen.set(http.getHeader("users-min-version"));
            assertThat(Collections.list(http.getHeaders("Users-Min-Version")))
                    .isEqualTo(seen.get() == null ? List.of() : List.of(seen.get()));
            assertThat(Collections.list(http.getHeaderNames()).contains("Users-Min-Version"))
                    .isEqualTo(seen.get() != null);
        });
        return seen.get();
    }

    private @Nullable String readQuietly(String token) {
        try {
            return read(token, null);
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockHttpServletRequest request(String method, @Nullable String token) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, PATH);
        if (token != null) {
            request.addHeader("Authorization", "Token " + token);
        }
        return request;
    }

    private static String token(String subject) {
        return TestTokens.with(claims -> claims.subject(subject).jwtID(String.valueOf(System.nanoTime())));
    }

    private static FilterChain unreachable() {
        return (request, response) -> {
            throw new AssertionError("the request went through");
        };
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.now();

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
