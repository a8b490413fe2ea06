package app.users.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 406 before anything is done: Spring would notice that a client accepts no JSON only when it writes the answer, and
 * what was asked would have happened. What only reads may answer other types, so there the controllers decide.
 */
final class AcceptFilter extends OncePerRequestFilter {

    private final Problems problems;

    AcceptFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (accepts(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)), reads)) {
            chain.doFilter(request, response);
        } else {
            problems.write(request, response, Refusal.of(HttpStatus.NOT_ACCEPTABLE));
        }
    }

    private static boolean accepts(List<String> values, boolean anything) {
        try {
            List<MediaType> types = MediaType.parseMediaTypes(values);
            return types.isEmpty()
                    || types.stream()
                            .anyMatch(type -> type.getQualityValue() > 0
                                    && (anything || type.includes(MediaType.APPLICATION_JSON)));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
