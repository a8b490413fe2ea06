package app.users.web.id;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identifies a request in its answer, its events and the log: always a UUID that this process made. What the client calls the
 * request is only for the log, because it could hold personal data.
 */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ATTRIBUTE = RequestId.class.getName();

    private RequestId() {}

    /** Always the same for one request. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The client's own {@code X-Request-Id}; nothing if it is malformed. */
    public static Optional<String> ofClient(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(own -> WELL_FORMED.matcher(own).matches());
    }

    /** Both, as they stand in the log. */
    public static String logged(HttpServletRequest request) {
        return of(request)
                + ofClient(request).map(own -> ", client's id " + own).orElse("");
    }
}
