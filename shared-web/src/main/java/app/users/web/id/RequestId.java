package app.users.web.id;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identifies a request in its answer, its events and the log: the client's {@code X-Request-Id}, or a new UUID. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ATTRIBUTE = RequestId.class.getName();

    private RequestId() {}

    /** Always the same for one request. A malformed id of the client is ignored. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String own = request.getHeader(HEADER);
        String id = own != null && WELL_FORMED.matcher(own).matches()
                ? own
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
