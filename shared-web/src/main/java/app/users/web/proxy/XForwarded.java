package app.users.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Forwarded-For} names one address for each proxy, the nearest last. {@code X-Forwarded-Proto}, {@code -Host} and
 * {@code -Port} name one value for all; of several the last is taken, since only that one is known to be a proxy's.
 */
final class XForwarded {

    private XForwarded() {}

    static Stream<Hop> hops(HttpServletRequest request) {
        String scheme = last(request, "X-Forwarded-Proto");
        String host = last(request, "X-Forwarded-Host");
        String port = last(request, "X-Forwarded-Port");
        List<String> clients = values(request, "X-Forwarded-For");
        return clients.isEmpty()
                ? Stream.of(Hop.of(null, scheme, host, port))
                : clients.reversed().stream().map(client -> Hop.of(client, scheme, host, port));
    }

    private static @Nullable String last(HttpServletRequest request, String name) {
        List<String> values = values(request, name);
        return values.isEmpty() ? null : values.getLast();
    }

    /** Of all lines of the header: HAProxy adds a line, nginx and Envoy lengthen the one there is. */
    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toList());
    }
}
