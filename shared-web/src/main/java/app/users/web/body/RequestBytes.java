package app.users.web.body;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** The bytes of a request body, also after it has been read. */
public final class RequestBytes {

    private static final String BODY = RequestBytes.class.getName();

    private RequestBytes() {}

    static void keep(HttpServletRequest request, byte[] body) {
        request.setAttribute(BODY, body);
    }

    /** Moves back to the beginning of the body, for a retry. */
    public static void rewind(HttpServletRequest request) {
        BufferedRequest buffered = WebUtils.getNativeRequest(request, BufferedRequest.class);
        if (buffered != null) {
            buffered.rewind();
        }
    }

    /** The bytes of the body, empty without a body. */
    public static byte[] of(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
    }
}
