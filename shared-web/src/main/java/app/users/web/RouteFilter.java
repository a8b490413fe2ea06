package app.users.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 404, 405 and OPTIONS before anything asks for a token: what does not exist needs no permission, and what stands in
 * no table (the actuator on the main port, an endpoint that a library adds) stays unreachable.
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
        if (covering.isEmpty()) {
            problems.write(request, response, Refusal.of(HttpStatus.NOT_FOUND));
        } else if (HttpMethod.OPTIONS.matches(request.getMethod())) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            response.setHeader("Allow", Routes.methods(covering));
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
        } else if (covering.stream().noneMatch(Routes.allows(request))) {
            problems.write(
                    request,
                    response,
                    Refusal.of(HttpStatus.METHOD_NOT_ALLOWED).header("Allow", Routes.methods(covering)));
        } else {
            chain.doFilter(request, response);
        }
    }
}
