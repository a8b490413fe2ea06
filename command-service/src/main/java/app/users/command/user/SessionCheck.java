package app.users.command.user;

import app.users.command.token.Sessions;
import app.users.web.Reason;
import app.users.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Before every write: a token whose session has ended is refused at once, whatever its expiry says. */
final class SessionCheck implements HandlerInterceptor {

    private static final String OURS = "app.users.command.";

    private final Sessions sessions;

    SessionCheck(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().startsWith(OURS)) {
            return true;
        }
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                && !sessions.stands(
                        String.valueOf(token.getToken().getClaimAsString("sid")), Long.parseLong(token.getName()))) {
            throw Rejected.of(Reason.UNAUTHENTICATED, "session-over");
        }
        return true;
    }
}
