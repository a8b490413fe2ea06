package app.users.web;

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

/** Lets the pages of some origins call, without cookies, which this system has none of; refuses those of others. */
final class Cors {

    private Cors() {}

    static CorsFilter filter(List<String> origins, Problems problems) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        // the table of paths refuses other methods, with a 405 that names the right ones
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

    /** In the words of every other refusal. */
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
            // answered above, where the request is at hand
        }
    }
}
