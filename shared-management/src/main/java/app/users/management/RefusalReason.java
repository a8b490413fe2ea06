package app.users.management;

import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Why a request to the management port is refused. */
enum RefusalReason {
    FOREIGN_HOST(
            HttpStatus.MISDIRECTED_REQUEST, "Unknown host", "The Host header must name one of users.management.hosts."),
    FROM_BROWSER(
            HttpStatus.FORBIDDEN,
            "Refused to browsers",
            "Web pages must not call the management port: send neither Origin nor Sec-Fetch-Site."),
    NO_TOKEN_CONFIGURED(
            HttpStatus.FORBIDDEN,
            "No management token",
            "Operations are off until users.management.token is set; health and metrics can be read without it."),
    NO_TOKEN(HttpStatus.UNAUTHORIZED, "No token", "Send Authorization: Bearer <users.management.token>."),
    BAD_TOKEN(HttpStatus.UNAUTHORIZED, "Wrong token", "The token is not the one in users.management.token."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Not JSON", "Send the body with Content-Type: application/json."),
    LENGTH_REQUIRED(HttpStatus.LENGTH_REQUIRED, "No length", "Send the body with a Content-Length."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large", "The body must not exceed 16 KiB.");

    final HttpStatus status;
    private final String title;
    private final String detail;

    RefusalReason(HttpStatus status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    Map<String, Object> problem() {
        String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Problem.body("urn:users:problem:" + code, title, status, detail);
    }
}
