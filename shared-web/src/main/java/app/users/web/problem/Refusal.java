package app.users.web.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatusCode;

/**
 * The content of a problem+json answer before translation into the caller's language. Filters and advices build it; code that
 * cannot answer by itself throws {@link Rejected}, which becomes a refusal. (The annotation {@code Refuses} documents one.)
 */
public record Refusal(
        HttpStatusCode status,
        String code,
        List<Object> args,
        List<FieldError> errors,
        Map<String, Object> members,
        Map<String, String> headers) {

    private static final String CHALLENGE = "Bearer realm=\"users\"";

    /** @param code the key of the texts {@code problem.<code>.title} and {@code problem.<code>.detail} */
    public static Refusal of(HttpStatusCode status, String code, Object... args) {
        return new Refusal(status, code, List.of(args), List.of(), Map.of(), Map.of());
    }

    /** A refusal with the general text of this status. */
    public static Refusal of(HttpStatusCode status) {
        return of(status, code(status));
    }

    static Refusal of(Rejected rejected) {
        Refusal refusal = new Refusal(
                rejected.reason().status(),
                rejected.code(),
                rejected.args(),
                rejected.errors(),
                rejected.members(),
                Map.of());
        if (rejected.reason() == Reason.UNAUTHENTICATED) {
            boolean token =
                    rejected.code().equals("bad-token") || rejected.code().equals("session-over");
            refusal = refusal.challenge(token);
        }
        return rejected.retryAfter().map(refusal::retryAfter).orElse(refusal);
    }

    /** A server that this service needs is down: the caller may retry after 5 seconds. */
    public static Refusal outage() {
        return of(Reason.UNAVAILABLE.status(), "outage").retryAfter(Duration.ofSeconds(5));
    }

    /** @param what the parser's message, or a message that is translated */
    public static Refusal malformed(int line, int column, Object what) {
        return of(Reason.INVALID.status(), "malformed-json", line, column, what);
    }

    public Refusal header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(status, code, args, errors, members, more);
    }

    /** @param invalid true if the request had an invalid token, false if it had none */
    public Refusal challenge(boolean invalid) {
        return header("WWW-Authenticate", invalid ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
    }

    Refusal retryAfter(Duration wait) {
        return header("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
    }

    Refusal errors(List<FieldError> errors) {
        return new Refusal(status, code, args, errors, members, headers);
    }

    private static String code(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> "no-token";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 408 -> "too-slow";
            case 413 -> "body-too-large";
            case 415 -> "unsupported-media-type";
            case 431 -> "header-too-large";
            case 502 -> "bad-gateway";
            case 503 -> "busy";
            case 504 -> "gateway-timeout";
            default -> status.is5xxServerError() ? "internal" : "bad-request";
        };
    }
}
