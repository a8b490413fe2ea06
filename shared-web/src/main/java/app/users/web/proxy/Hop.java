package app.users.web.proxy;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.apache.tomcat.util.http.parser.Host;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about the request it received. Each part is null when it is absent or malformed.
 *
 * @param client the address of the connection to the proxy
 * @param scheme {@code http} or {@code https}
 * @param host without a port
 * @param port from 1 to 65535
 */
record Hop(
        @Nullable InetAddress client,
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LONGEST_HOST = 255;

    static Hop of(@Nullable String client, @Nullable String scheme, @Nullable String host, @Nullable String port) {
        int colon = host == null ? Integer.MIN_VALUE : portAt(host);
        String name = host == null || colon == Integer.MIN_VALUE ? null : colon < 0 ? host : host.substring(0, colon);
        Integer own = host == null || colon < 0 ? null : port(host.substring(colon + 1));
        return new Hop(
                client == null ? null : Node.address(client),
                scheme == null ? null : scheme(scheme),
                name,
                own != null || port == null ? own : port(port));
    }

    /** Where the colon before the port is, -1 without a port, the least integer when this is no host. */
    private static int portAt(String host) {
        try {
            return host.length() > LONGEST_HOST ? Integer.MIN_VALUE : Host.parse(host);
        } catch (IllegalArgumentException e) {
            return Integer.MIN_VALUE;
        }
    }

    private static @Nullable String scheme(String text) {
        String scheme = text.toLowerCase(Locale.ROOT);
        return SCHEMES.contains(scheme) ? scheme : null;
    }

    private static @Nullable Integer port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        return port < 1 || port > 65_535 ? null : port;
    }
}
