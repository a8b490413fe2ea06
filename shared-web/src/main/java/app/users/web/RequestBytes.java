package app.users.web;

import jakarta.servlet.http.HttpServletRequest;

/** The body of a request as it was sent, whoever has read it since. */
public final class RequestBytes {

    private static final String BODY = RequestBytes.class.getName();

    private RequestBytes() {}

    static void keep(HttpServletRequest request, byte[] body) {
        request.setAttribute(BODY, body);
    }

    /** Empty when there was none. */
    public static byte[] of(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
    }
}
