package app.users.web.route;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The routes of the services in this process. */
public final class Routes {

    private record Compiled(Route route, PathPattern pattern) {}

    private final List<Compiled> routes;

    /** Routes without a placeholder by their path: almost every request needs no pattern matching. */
    private final Map<String, List<Route>> plain;

    public Routes(Set<Owner> present) {
        routes = Route.ALL.stream()
                .filter(route -> present.contains(route.owner()))
                .map(route -> new Compiled(route, PathPatternParser.defaultInstance.parse(route.path())))
                .toList();
        plain = routes.stream()
                .map(Compiled::route)
                .filter(route -> !route.path().contains("{"))
                .collect(Collectors.groupingBy(Route::path));
    }

    List<Route> all() {
        return routes.stream().map(Compiled::route).toList();
    }

    /** All routes of the path, with any method.
     *
     * @param path without its last slash
     */
    List<Route> covering(String path) {
        List<Route> known = plain.get(path);
        if (known != null) {
            return known;
        }
        PathContainer parsed = PathContainer.parsePath(path);
        return routes.stream()
                .filter(compiled -> compiled.pattern().matches(parsed))
                .map(Compiled::route)
                .toList();
    }

    /** What a call needs. */
    public enum Access {
        OPEN,
        AUTHENTICATED,
        /** The table has no such path or method: no token gives access. */
        NONE
    }

    public Access access(HttpServletRequest request) {
        return covering(request.getRequestURI()).stream()
                .filter(allows(request))
                .findFirst()
                .map(route -> isOpen(route, request) ? Access.OPEN : Access.AUTHENTICATED)
                .orElse(Access.NONE);
    }

    /** The types of the request's possible answers; empty if they are unknown. */
    List<MediaType> types(HttpServletRequest request) {
        return covering(request.getRequestURI()).stream()
                .filter(allows(request))
                .findFirst()
                .map(Route::types)
                .orElse(List.of());
    }

    /** Without an access token, the controller checks the refresh token in the body. */
    private static boolean isOpen(Route route, HttpServletRequest request) {
        return route.open() || route.refreshTokenWillDo() && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    public boolean open(HttpServletRequest request) {
        return access(request) == Access.OPEN;
    }

    static Predicate<Route> allows(HttpServletRequest request) {
        return route -> route.methods().stream().anyMatch(method -> method.matches(request.getMethod()));
    }

    /** The value of {@code Allow}, always in the same order. */
    static String methods(List<Route> routes) {
        return Stream.concat(routes.stream().flatMap(route -> route.methods().stream()), Stream.of(HttpMethod.OPTIONS))
                .map(Object::toString)
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
