package app.users.web.problem;

import app.users.web.id.RequestId;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals as problem+json (RFC 9457) in the caller's language, for filters and advices. */
public final class Problems {

    private final JsonMapper json;
    private final Texts texts;
    private final LocaleResolver languages;

    public Problems(JsonMapper json, Texts texts, LocaleResolver languages) {
        this.json = json;
        this.texts = texts;
        this.languages = languages;
    }

    /** For filters; controllers throw the exception instead. Does nothing if the response is committed. */
    public void write(HttpServletRequest request, HttpServletResponse response, Rejected rejected) throws IOException {
        write(request, response, Refusal.of(rejected));
    }

    /** A problem with the general text of this status. */
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status) throws IOException {
        write(request, response, Refusal.of(status));
    }

    /** The body of a problem with the general text of this status, for code that can only return a body. */
    public Map<String, Object> body(HttpServletRequest request, HttpStatusCode status) {
        return body(request, Refusal.of(status));
    }

    public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json.writeValueAsBytes(body(request, refusal));
        response.setStatus(refusal.status().value());
        refusal.headers().forEach(response::setHeader);
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        // also for filters before Spring Security, whose header writers have not run yet
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    ResponseEntity<Object> entity(HttpServletRequest request, Refusal refusal) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        refusal.headers().forEach(builder::header);
        return builder.body(body(request, refusal));
    }

    private Map<String, Object> body(HttpServletRequest request, Refusal refusal) {
        Locale language = languages.resolveLocale(request);
        Map<String, Object> body = new LinkedHashMap<>();
        String key = "problem." + refusal.code();
        body.put("type", "urn:users:problem:" + refusal.code());
        body.put("title", texts.in(language, key + ".title"));
        body.put("status", refusal.status().value());
        body.put("detail", texts.in(language, key + ".detail", refusal.args().toArray()));
        String path = path(request);
        if (path != null) {
            body.put("instance", path);
        }
        if (!refusal.errors().isEmpty()) {
            body.put(
                    "errors",
                    refusal.errors().stream()
                            .map(error -> entry(language, error))
                            .toList());
        }
        refusal.members().forEach(body::putIfAbsent);
        return body;
    }

    private Map<String, Object> entry(Locale language, FieldError error) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("field", error.field());
        entry.put("code", error.code());
        entry.put(
                "detail",
                texts.in(language, "field." + error.code(), error.args().toArray()));
        return entry;
    }

    /** The path as the client sent it: a filter may have removed the last slash. Null for a request line without a path. */
    private static @Nullable String path(HttpServletRequest request) {
        ServletRequest original = request;
        while (original instanceof HttpServletRequestWrapper wrapper) {
            original = wrapper.getRequest();
        }
        return original instanceof HttpServletRequest first ? first.getRequestURI() : request.getRequestURI();
    }
}
