package app.users.command.idempotency;

import app.users.command.credentials.LiveSessions;
import app.users.command.keys.KeyedHash;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the first answer again when a request comes a second time under its key. Comes before the check of the session:
 * who has left can still hear that they did, but a session that ended gets no other answer.
 */
final class IdempotencyInterceptor implements HandlerInterceptor {

    static final String HEADER = "Idempotency-Key";
    static final String ATTEMPT = Attempt.class.getName();

    private final StoredAnswers answers;
    private final LiveSessions sessions;
    private final KeyedHash hash;
    private final JsonMapper json;

    IdempotencyInterceptor(StoredAnswers answers, LiveSessions sessions, KeyedHash hash, JsonMapper json) {
        this.answers = answers;
        this.sessions = sessions;
        this.hash = hash;
        this.json = json;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        List<String> keys = Collections.list(request.getHeaders(HEADER));
        if (keys.isEmpty()
                || !(handler instanceof HandlerMethod method)
                || !method.hasMethodAnnotation(Idempotent.class)) {
            return true;
        }
        if (keys.size() > 1 || !keys.getFirst().matches("[!-~]{1,255}")) {
            throw Rejected.of(Reason.INVALID, "invalid-fields").errors(List.of(new FieldError(HEADER, "not-a-key")));
        }
        String caller = request.getUserPrincipal() == null
                ? ""
                : request.getUserPrincipal().getName();
        Attempt attempt = Attempt.of(request, caller, keys.getFirst(), hash, json);
        Optional<StoredAnswers.Found> stored =
                answers.find(attempt).filter(s -> s.ofErasure() || sessions.allow(request.getUserPrincipal()));
        if (stored.isPresent()) {
            stored.get().answer().write(response);
            return false;
        }
        request.setAttribute(ATTEMPT, attempt);
        return true;
    }
}
