package app.users.command.signin;

import app.users.command.credentials.LiveSessions;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Before every call of this service, reads too: an access token whose session has ended is refused at once, whatever its
 * expiry says. Calls without an access token pass.
 */
final class SessionCheck implements HandlerInterceptor {

    private static final String OURS = "app.users.command.";

    private final LiveSessions sessions;

    SessionCheck(LiveSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith(OURS)
                && !sessions.allow(SecurityContextHolder.getContext().getAuthentication())) {
            throw Rejected.of(Reason.UNAUTHENTICATED, "session-over");
        }
        return true;
    }
}
