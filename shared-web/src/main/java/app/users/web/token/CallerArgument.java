package app.users.web.token;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves the {@link Caller} argument of controllers; null if the parameter is nullable and the request has no token. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (request.getUserPrincipal() instanceof JwtAuthenticationToken token) {
            return caller(token.getToken());
        }
        if (parameter.isOptional()) {
            return null;
        }
        throw Rejected.of(Reason.UNAUTHENTICATED, "no-token");
    }

    private static Caller caller(Jwt jwt) {
        return new Caller(
                Long.parseLong(jwt.getSubject()),
                Objects.requireNonNull(jwt.<String>getClaim("sid")),
                Objects.requireNonNull(jwt.<Long>getClaim("epoch")),
                Objects.requireNonNull(jwt.<Long>getClaim("ver")),
                Objects.requireNonNullElse(jwt.getExpiresAt(), Instant.MIN));
    }
}
