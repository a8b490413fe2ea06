package app.users.web.http;

import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the request line and header fields together to 16 KiB. Tomcat's own limit is higher, because Tomcat can only close the
 * connection or answer in its own format.
 */
final class HeaderLimitFilter extends OncePerRequestFilter {

    static final int BYTES = 16 * 1024;

    private final Problems problems;

    HeaderLimitFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (size(request) > BYTES) {
            problems.write(request, response, Refusal.of(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static int size(HttpServletRequest request) {
        String query = request.getQueryString();
        int size = request.getRequestURI().length() + (query == null ? 0 : query.length());
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                // ": " and the line's end
                size += name.length() + value.length() + 4;
            }
        }
        return size;
    }
}
