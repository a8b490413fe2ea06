package app.users.gateway;

import app.users.web.problem.Problems;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Passes nothing on until the gateway is complete: its port opens seconds before the library has gathered the filters that
 * clean the headers.
 */
final class ReadinessFilter extends OncePerRequestFilter {

    private final ApplicationAvailability availability;
    private final Problems problems;

    ReadinessFilter(ApplicationAvailability availability, Problems problems) {
        this.availability = availability;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    request,
                    response,
                    Rejected.of(Reason.UNAVAILABLE, "starting").retryAfter(Duration.ofSeconds(1)));
        }
    }
}
