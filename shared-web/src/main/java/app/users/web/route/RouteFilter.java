package app.users.web.route;

import app.users.web.http.HttpProtocol;
import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 404, 405 and OPTIONS before the check of the access token. Paths outside the table (the actuator on the main port, an
 * endpoint that a library adds) are unreachable.
 */
final class RouteFilter extends OncePerRequestFilter {

    private final Routes routes;
    private final Problems problems;

    RouteFilter(Routes routes, Problems problems) {
        this.routes = routes;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<Route> covering = routes.covering(request.getRequestURI());
        if (isWholeServer(request)) {
            options(routes.all(), response);
        } else if (covering.isEmpty()) {
            problems.write(request, response, Refusal.of(HttpStatus.NOT_FOUND));
        } else if (HttpMethod.OPTIONS.matches(request.getMethod())) {
            options(covering, response);
        } else if (covering.stream().noneMatch(Routes.allows(request))) {
            problems.write(
                    request,
                    response,
                    Refusal.of(HttpStatus.METHOD_NOT_ALLOWED).header("Allow", Routes.methods(covering)));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isWholeServer(HttpServletRequest request) {
        return HttpMethod.OPTIONS.matches(request.getMethod())
                && request.getRequestURI().equals(HttpProtocol.WHOLE_SERVER);
    }

    private static void options(List<Route> routes, HttpServletResponse response) {
        response.setStatus(HttpStatus.NO_CONTENT.value());
        response.setHeader("Allow", Routes.methods(routes));
        if (routes.stream().anyMatch(route -> route.methods().contains(HttpMethod.PATCH))) {
            response.setHeader("Accept-Patch", MediaType.APPLICATION_JSON_VALUE);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
