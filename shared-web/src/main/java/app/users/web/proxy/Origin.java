package app.users.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, and which address it was sent to.
 *
 * @param host without a port; an IPv6 address is in brackets
 */
record Origin(String address, String scheme, String host, int port) {

    /** As the connection and the header {@code Host} say. */
    static Origin of(HttpServletRequest request) {
        return new Origin(
                request.getRemoteAddr(), request.getScheme(), request.getServerName(), request.getServerPort());
    }

    /** Without a port beside it, a scheme or host has the scheme's own port. */
    Origin told(Hop hop) {
        String toldScheme = hop.scheme() == null ? scheme : hop.scheme();
        String toldHost = hop.host() == null ? host : hop.host();
        boolean ownPort = hop.host() == null && port != defaultPort(scheme);
        int toldPort = hop.port() != null ? hop.port() : ownPort ? port : defaultPort(toldScheme);
        return new Origin(address, toldScheme, toldHost, toldPort);
    }

    Origin from(@Nullable InetAddress client) {
        return client == null ? this : new Origin(client.getHostAddress(), scheme, host, port);
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    String url(String path) {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port) + path;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
