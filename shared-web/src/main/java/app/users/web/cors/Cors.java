package app.users.web.cors;

import app.users.web.http.UsersHeaders;
import app.users.web.id.RequestId;
import app.users.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Allows requests from pages of the configured origins, without cookies; refuses other origins with a problem. */
final class Cors {

    private Cors() {}

    static CorsFilter filter(List<String> origins, Problems problems) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        // the table of paths refuses wrong methods, with a 405 that lists the allowed ones
        allowed.setAllowedMethods(List.of(CorsConfiguration.ALL));
        allowed.setAllowedHeaders(List.of(
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-Match",
                "If-None-Match",
                RequestId.HEADER,
                "baggage",
                "traceparent",
                "tracestate",
                UsersHeaders.MIN_VERSION));
        allowed.setExposedHeaders(List.of(
                "ETag",
                "Link",
                "Location",
                "Retry-After",
                "Warning",
                "WWW-Authenticate",
                RequestId.HEADER,
                UsersHeaders.VERSION,
                UsersHeaders.ERASED,
                UsersHeaders.REPLAYED));
        allowed.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Refusing(problems));
        return filter;
    }

    /** Answers problem+json like every other refusal. */
    private static final class Refusing extends DefaultCorsProcessor {

        private final Problems problems;

        Refusing(Problems problems) {
            this.problems = problems;
        }

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean passed = super.processRequest(configuration, request, response);
            if (!passed) {
                problems.write(request, response, HttpStatus.FORBIDDEN);
            }
            return passed;
        }

        @Override
        protected void rejectRequest(org.springframework.http.server.ServerHttpResponse response) {
            // processRequest writes the answer, because it has the request
        }
    }
}
