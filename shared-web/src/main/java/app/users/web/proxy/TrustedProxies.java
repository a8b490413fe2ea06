package app.users.web.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Replaces the address, scheme and host of the connection by those of the client, if the connection comes from a trusted
 * proxy. Nothing behind this filter sees a header about the client: no library can believe one.
 */
final class TrustedProxies extends OncePerRequestFilter {

    /** More proxies in a row are a loop or an attack. */
    private static final int MOST_HOPS = 16;

    private final TrustedProxiesProperties properties;

    TrustedProxies(TrustedProxiesProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new ClientRequest(request, origin(request)), response);
    }

    /** Of any other connection the headers are not even read. */
    private Origin origin(HttpServletRequest request) {
        InetAddress peer = Node.literal(request.getRemoteAddr());
        return peer != null && properties.trust(peer) ? told(request, peer) : Origin.of(request);
    }

    /** Goes from proxy to proxy away from here, as long as the one that speaks is trusted. */
    private Origin told(HttpServletRequest request, InetAddress peer) {
        Origin origin = Origin.of(request);
        @Nullable InetAddress speaker = peer;
        Iterator<Hop> hops =
                properties.trustedProxiesHeader().hops(request).limit(MOST_HOPS).iterator();
        while (speaker != null && properties.trust(speaker) && hops.hasNext()) {
            Hop hop = hops.next();
            origin = Origin.of(request).told(hop).from(hop.client() == null ? speaker : hop.client());
            speaker = hop.client();
        }
        return origin;
    }
}
