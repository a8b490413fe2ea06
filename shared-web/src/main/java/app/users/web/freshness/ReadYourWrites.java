package app.users.web.freshness;

import app.users.web.http.UsersHeaders;
import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import app.users.web.route.Routes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Read-your-own-writes for clients that send no {@code Users-Min-Version}: it remembers the version in the answer to a write and
 * adds it to the next reads of the same user. Requests of users that erased themselves are refused at once.
 */
final class ReadYourWrites extends OncePerRequestFilter {

    private final LastWrites writes;
    private final Routes routes;
    private final Problems problems;
    private final JsonMapper json;

    ReadYourWrites(LastWrites writes, Routes routes, Problems problems, JsonMapper json) {
        this.writes = writes;
        this.routes = routes;
        this.problems = problems;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<UnverifiedToken> token = UnverifiedToken.of(request, json);
        if (token.isPresent() && writes.isErased(token.get()) && !routes.open(request) && !repeatsLeaving(request)) {
            problems.write(
                    request,
                    response,
                    Refusal.of(HttpStatus.UNAUTHORIZED, "bad-token").challenge(true));
        } else if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            OptionalLong known = token.map(writes::version).orElse(OptionalLong.empty());
            chain.doFilter(MinVersionRequest.of(request, known), response);
        } else {
            chain.doFilter(request, token.isEmpty() ? response : new Noting(response, token.get()));
        }
    }

    /** A repeated deletion with its Idempotency-Key still reaches the service, which answers as the first time. */
    private static boolean repeatsLeaving(HttpServletRequest request) {
        return request.getMethod().equals("DELETE") && request.getHeader("Idempotency-Key") != null;
    }

    /** Remembers the version when the header is set: no byte has been sent yet, so the client's next read comes later. */
    private final class Noting extends HttpServletResponseWrapper {

        private final UnverifiedToken token;

        Noting(HttpServletResponse response, UnverifiedToken token) {
            super(response);
            this.token = token;
        }

        @Override
        public void setHeader(String name, String value) {
            note(name, value);
            super.setHeader(name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            note(name, value);
            super.addHeader(name, value);
        }

        private void note(String name, String value) {
            if (getStatus() / 100 != 2) {
                return;
            }
            if (name.equalsIgnoreCase(UsersHeaders.VERSION)) {
                MinVersion.parse(value).ifPresent(version -> writes.wrote(token, version));
            } else if (name.equalsIgnoreCase(UsersHeaders.ERASED) && value.equals("true")) {
                writes.erased(token);
            }
        }
    }
}
