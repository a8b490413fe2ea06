package app.users.web.route;

import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Chooses the type of the answer, or answers 406. Spring would choose it while writing the answer, after the change has been
 * made. The controller sees a request that accepts exactly the chosen type.
 */
final class AcceptFilter extends OncePerRequestFilter {

    private final Routes routes;
    private final Problems problems;

    AcceptFilter(Routes routes, Problems problems) {
        this.routes = routes;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<MediaType> offered = routes.types(request);
        AcceptedTypes accepted = AcceptedTypes.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        Optional<MediaType> chosen = offered.isEmpty()
                ? Optional.of(MediaType.ALL)
                : accepted.best(offered).or(() -> readsProblems(accepted, offered));
        if (chosen.isPresent()) {
            chain.doFilter(new Accepting(request, chosen.get()), response);
        } else {
            problems.write(request, response, Refusal.of(HttpStatus.NOT_ACCEPTABLE));
        }
    }

    /** Generated clients accept only problems if the successful answer has no body. */
    private static Optional<MediaType> readsProblems(AcceptedTypes accepted, List<MediaType> offered) {
        return accepted.names(MediaType.APPLICATION_PROBLEM_JSON) && offered.contains(MediaType.APPLICATION_JSON)
                ? Optional.of(MediaType.APPLICATION_JSON)
                : Optional.empty();
    }

    private static final class Accepting extends HttpServletRequestWrapper {

        private final String type;

        Accepting(HttpServletRequest request, MediaType type) {
            super(request);
            this.type = type.toString();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? type : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.ACCEPT.equalsIgnoreCase(name)
                    ? Collections.enumeration(List.of(type))
                    : super.getHeaders(name);
        }
    }
}
