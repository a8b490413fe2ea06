package app.users.web;

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

/** Finds the routes of the services that are present in this process. */
final class Routes {

    private record Compiled(Route route, PathPattern pattern) {}

    private final List<Compiled> routes;

    /** Spares almost every request the patterns. */
    private final Map<String, List<Route>> plain;

    Routes(Set<Owner> present) {
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

    /** All routes of the path, whatever their methods; the path comes without its last slash. */
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
    enum Access {
        OPEN,
        AUTHENTICATED,
        /** There is no such path or method, and nothing lets anybody through. */
        NONE
    }

    Access access(HttpServletRequest request) {
        return covering(request.getRequestURI()).stream()
                .filter(allows(request))
                .findFirst()
                .map(route -> isOpen(route, request) ? Access.OPEN : Access.AUTHENTICATED)
                .orElse(Access.NONE);
    }

    /** The types that the request can be answered in; empty if they are not known beforehand. */
    List<MediaType> types(HttpServletRequest request) {
        return covering(request.getRequestURI()).stream()
                .filter(allows(request))
                .findFirst()
                .map(Route::types)
                .orElse(List.of());
    }

    /** The controller asks for the refresh token where the access token can be absent. */
    private static boolean isOpen(Route route, HttpServletRequest request) {
        return route.open() || route.refreshTokenWillDo() && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    boolean open(HttpServletRequest request) {
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
