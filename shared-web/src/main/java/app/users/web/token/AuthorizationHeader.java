package app.users.web.token;

import app.users.web.route.Routes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Reads {@code Bearer x} and {@code Token x}; upper and lower case are equal. Open routes ignore the header, because a client
 * that refreshes its token often still sends the old one.
 */
final class AuthorizationHeader implements BearerTokenResolver {

    private static final Pattern TOKEN =
            Pattern.compile("(?:bearer|token) +([A-Za-z0-9\\-._~+/]+=*) *", Pattern.CASE_INSENSITIVE);

    private static final Pattern OTHER_SCHEME =
            Pattern.compile("(?!(?:bearer|token)(?: |$)).*", Pattern.CASE_INSENSITIVE);

    private final Routes routes;

    AuthorizationHeader(Routes routes) {
        this.routes = routes;
    }

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (values.isEmpty() || routes.open(request)) {
            return null;
        }
        Matcher matcher = TOKEN.matcher(values.getFirst());
        if (values.size() == 1 && matcher.matches()) {
            return matcher.group(1);
        }
        if (values.size() == 1 && OTHER_SCHEME.matcher(values.getFirst()).matches()) {
            return null;
        }
        throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("malformed token"));
    }
}
