package app.users.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body before anyone works on it: at most 64 KiB, JSON, well-formed UTF-8 text. What passes is held in memory,
 * so a slow sender occupies no transaction and, at the gateway, no connection to a service.
 */
final class BodyFilter extends OncePerRequestFilter {

    static final int BYTES = 64 * 1024;

    private static final byte[] TOO_LARGE = new byte[BYTES + 1];

    private final Problems problems;

    BodyFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body;
        try {
            body = request.getContentLengthLong() > BYTES
                    ? TOO_LARGE
                    : request.getInputStream().readNBytes(BYTES + 1);
        } catch (SocketTimeoutException e) {
            Refusal slow = Refusal.of(HttpStatus.REQUEST_TIMEOUT).header("Connection", "close");
            problems.write(request, response, slow);
            return;
        }
        Optional<Refusal> refusal = refusal(request, body);
        if (refusal.isPresent()) {
            problems.write(request, response, refusal.get());
        } else {
            RequestBytes.keep(request, body);
            chain.doFilter(new BufferedRequest(request, body), response);
        }
    }

    private Optional<Refusal> refusal(HttpServletRequest request, byte[] body) {
        if (body.length > BYTES) {
            // what is still on its way is not worth reading
            return Optional.of(Refusal.of(HttpStatus.CONTENT_TOO_LARGE).header("Connection", "close"));
        }
        if (body.length > 0 && !json(request.getContentType())) {
            return Optional.of(
                    Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE).header("Accept", MediaType.APPLICATION_JSON_VALUE));
        }
        return JsonText.fault(body)
                .map(fault -> Refusal.malformed(
                        fault.line(), fault.column(), new DefaultMessageSourceResolvable(fault.what())));
    }

    private static boolean json(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
