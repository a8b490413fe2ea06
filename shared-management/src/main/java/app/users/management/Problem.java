package app.users.management;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** How the management port refuses: problem+json (RFC 9457). */
public final class Problem {

    private Problem() {}

    /**
     * The refusal of an endpoint.
     *
     * @param detail one sentence: what is wrong and what would be right
     */
    public static WebEndpointResponse<Object> of(HttpStatus status, String detail) {
        Map<String, Object> body = body("about:blank", status.getReasonPhrase(), status, detail);
        return new WebEndpointResponse<>(body, status.value(), MediaType.APPLICATION_PROBLEM_JSON);
    }

    static Map<String, Object> body(String type, String title, HttpStatus status, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("title", title);
        body.put("status", status.value());
        body.put("detail", detail);
        return body;
    }
}
