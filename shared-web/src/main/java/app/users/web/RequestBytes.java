package app.users.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** The body of a request as it was sent, whoever has read it since. */
public final class RequestBytes {

    private static final String BODY = RequestBytes.class.getName();

    private RequestBytes() {}

    static void keep(HttpServletRequest request, byte[] body) {
        request.setAttribute(BODY, body);
    }

    /** Lets the body be read from its beginning once more, for a retry. */
    public static void rewind(HttpServletRequest request) {
        BufferedRequest buffered = WebUtils.getNativeRequest(request, BufferedRequest.class);
        if (buffered != null) {
            buffered.rewind();
        }
    }

    /** Empty when there was none. */
    public static byte[] of(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
    }
}
