package app.users.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;

/** The two families of headers in which proxies name their client. */
enum ProxyHeader {
    X_FORWARDED {
        @Override
        Stream<Hop> hops(HttpServletRequest request) {
            return XForwarded.hops(request);
        }
    },
    FORWARDED {
        @Override
        Stream<Hop> hops(HttpServletRequest request) {
            return Forwarded.hops(request);
        }
    };

    /** The nearest proxy first; ends before the first element that is malformed. */
    abstract Stream<Hop> hops(HttpServletRequest request);
}
