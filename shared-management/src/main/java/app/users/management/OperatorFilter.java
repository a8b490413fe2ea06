package app.users.management;

import app.users.settings.Key;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Guards the management port. The list of endpoints, health and metrics are open to reads. Every other request, including
 * one to an endpoint that is added later, needs the management token, a known {@code Host} and, with a body, JSON.
 */
final class OperatorFilter extends OncePerRequestFilter {

    static final int BODY_BYTES = 16 * 1024;

    /** Matched against the address as sent: an encoded or dotted path segment is not open. */
    private static final Pattern OPEN =
            Pattern.compile("/actuator(?:/(?:health|metrics)(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?");

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");
    private static final Pattern BEARER = Pattern.compile("bearer +([^ ]+) *", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern JSON =
            Pattern.compile("application/json *(?:; *charset *= *\"?utf-8\"? *)?", Pattern.CASE_INSENSITIVE);

    private final @Nullable Key token;
    private final Set<String> hosts;
    private final JsonMapper json;

    OperatorFilter(ManagementProperties settings, JsonMapper json) {
        token = settings.token();
        hosts = settings.hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        RefusalReason refusal = isOpen(request) ? null : refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            write(response, refusal);
        }
    }

    private static boolean isOpen(HttpServletRequest request) {
        return READS.contains(request.getMethod())
                && OPEN.matcher(request.getRequestURI()).matches();
    }

    private @Nullable RefusalReason refusal(HttpServletRequest request) {
        if (!isKnownHost(request)) {
            return RefusalReason.FOREIGN_HOST;
        }
        // browsers add at least one of them to every request of a web page
        if (request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null) {
            return RefusalReason.FROM_BROWSER;
        }
        if (token == null) {
            return RefusalReason.NO_TOKEN_CONFIGURED;
        }
        List<String> shown = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (shown.isEmpty()) {
            return RefusalReason.NO_TOKEN;
        }
        return shown.size() == 1 && isRight(token, shown.getFirst()) ? refusalOfBody(request) : RefusalReason.BAD_TOKEN;
    }

    private boolean isKnownHost(HttpServletRequest request) {
        List<String> named = Collections.list(request.getHeaders(HttpHeaders.HOST));
        return named.size() == 1
                && hosts.contains(
                        PORT.matcher(named.getFirst()).replaceFirst("").toLowerCase(Locale.ROOT));
    }

    /** Compares in constant time, so that the time of the answer reveals nothing about the token. */
    private static boolean isRight(Key token, String shown) {
        Matcher matcher = BEARER.matcher(shown);
        if (!matcher.matches()) {
            return false;
        }
        try {
            return MessageDigest.isEqual(token.bytes(), Base64.getDecoder().decode(matcher.group(1)));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static @Nullable RefusalReason refusalOfBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (length <= 0 && !chunked && WITHOUT_BODY.contains(request.getMethod())) {
            return null;
        }
        String type = request.getContentType();
        if (type == null || !JSON.matcher(type).matches()) {
            return RefusalReason.UNSUPPORTED_MEDIA_TYPE;
        }
        if (chunked) {
            return RefusalReason.LENGTH_REQUIRED;
        }
        return length > BODY_BYTES ? RefusalReason.BODY_TOO_LARGE : null;
    }

    private void write(HttpServletResponse response, RefusalReason refusal) throws IOException {
        byte[] body = json.writeValueAsBytes(refusal.problem());
        response.setStatus(refusal.status.value());
        switch (refusal) {
            case NO_TOKEN -> response.setHeader("WWW-Authenticate", "Bearer realm=\"management\"");
            case BAD_TOKEN ->
                response.setHeader("WWW-Authenticate", "Bearer realm=\"management\", error=\"invalid_token\"");
            default -> {}
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
