package app.users.web.route;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * One path and the service that owns it. {@link #ALL} is the only table of paths: the request checks, the security rules and
 * the gateway use it, so a path exists for all of them or for none.
 *
 * @param path a path pattern without last slash
 * @param methods GET includes HEAD; {@link RouteFilter} answers OPTIONS for every path
 * @param open whether it needs no access token
 * @param types the types of its answers, the preferred one first; empty for files, since each has its own
 */
public record Route(String path, Set<HttpMethod> methods, Owner owner, boolean open, List<MediaType> types) {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final List<MediaType> JSON_OR_PAGE = List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_HTML);
    private static final List<MediaType> PAGE = List.of(MediaType.TEXT_HTML);
    private static final List<MediaType> FILE = List.of();

    public static final List<Route> ALL = List.of(
            new Route("/", Set.of(GET), Owner.DOOR, true, JSON_OR_PAGE),
            new Route("/users", Set.of(GET), Owner.DOOR, true, JSON_OR_PAGE),
            new Route("/users/pages/{file}", Set.of(GET), Owner.DOOR, true, FILE),
            open("/users/auth/registration", POST),
            open("/users/auth/token", POST),
            open("/users/auth/token/refresh", POST),
            open("/users/auth/password/forgot", POST),
            open("/users/auth/password/reset", POST),
            open("/users/auth/email/undo", POST),
            new Route("/users/auth/token/revoke", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/auth/token/revoke-all", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/auth/sessions", Set.of(GET, HEAD), Owner.COMMAND, false),
            new Route("/users/auth/jwks", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/.well-known/oauth-authorization-server/users", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/.well-known/openid-configuration/users", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/users/.well-known/oauth-authorization-server", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/users/.well-known/openid-configuration", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/users/erasures/{receipt}", Set.of(GET, HEAD), Owner.COMMAND, true),
            new Route("/users/user", Set.of(PATCH, DELETE), Owner.COMMAND, false),
            new Route("/users/user", Set.of(GET, HEAD), Owner.QUERY, false),
            new Route("/users/user/executor", Set.of(GET, HEAD), Owner.QUERY, false),
            new Route("/users/verify-email", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/verify-email", Set.of(GET, HEAD), Owner.QUERY, false),
            new Route("/users/accept-email", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/verify-number", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/verify-number", Set.of(GET, HEAD), Owner.QUERY, false),
            new Route("/users/accept-number", Set.of(POST), Owner.COMMAND, false),
            new Route("/users/openapi", Set.of(GET), Owner.COMMAND, true),
            new Route("/users/asyncapi", Set.of(GET), Owner.COMMAND, true),
            new Route("/users/events/schemas", Set.of(GET), Owner.COMMAND, true),
            new Route("/users/events/schemas/{name}", Set.of(GET), Owner.COMMAND, true),
            new Route("/users/docs", Set.of(GET), Owner.COMMAND, true, PAGE),
            new Route("/users/docs/{file}", Set.of(GET), Owner.COMMAND, true, FILE));

    /** Paths whose writes accept an {@code Idempotency-Key}: a retry with the same key changes nothing twice. */
    private static final Set<String> KEYED =
            Set.of("/users/auth/registration", "/users/user", "/users/verify-email", "/users/verify-number");

    /** Calls to these paths carry an access token, or a refresh token in the body. */
    private static final Set<String> REFRESH_TOKEN_WILL_DO = Set.of("/users/auth/token/revoke");

    public Route {
        methods = methods.contains(GET)
                ? Stream.concat(methods.stream(), Stream.of(HEAD)).collect(Collectors.toUnmodifiableSet())
                : Set.copyOf(methods);
        types = List.copyOf(types);
    }

    private Route(String path, Set<HttpMethod> methods, Owner owner, boolean open) {
        this(path, methods, owner, open, JSON);
    }

    /** Whether a refresh token in the body can replace the access token. */
    public boolean refreshTokenWillDo() {
        return REFRESH_TOKEN_WILL_DO.contains(path);
    }

    /** @param path without its last slash */
    public static boolean takesIdempotencyKey(HttpMethod method, String path) {
        return KEYED.contains(path)
                && ALL.stream()
                        .anyMatch(route -> route.owner == Owner.COMMAND
                                && route.path.equals(path)
                                && route.methods.contains(method));
    }

    private static Route open(String path, HttpMethod method) {
        return new Route(path, Set.of(method), Owner.COMMAND, true);
    }
}
