package app.users.command.idempotency;

import app.users.web.http.UsersHeaders;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** An answer as it was first given, to be given again byte for byte. */
record StoredAnswer(
        int status, Map<String, String> headers, @Nullable String body) {

    static StoredAnswer of(ResponseEntity<?> response, JsonMapper json) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        Object body = response.getBody();
        return new StoredAnswer(
                response.getStatusCode().value(), headers, body == null ? null : json.writeValueAsString(body));
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setHeader(UsersHeaders.REPLAYED, "true");
        // the header writers of Spring Security miss an answer without a body that is written here
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
