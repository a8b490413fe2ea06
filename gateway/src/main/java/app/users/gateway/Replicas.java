package app.users.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The replicas of a service are the addresses that its host name resolves to, as Docker and Kubernetes (headless services)
 * answer them. Requests go to each in turn; a replica that failed is left out for a moment, unless all failed.
 */
final class Replicas {

    /** Finds the addresses of a host name; the JVM caches them for {@code networkaddress.cache.ttl}. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    static final long LEFT_OUT_NANOS = 2_000_000_000L;

    private final Names names;
    private final LongSupplier nanoTime;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Long> failedAt = new ConcurrentHashMap<>();

    Replicas(Names names, LongSupplier nanoTime) {
        this.names = names;
        this.nanoTime = nanoTime;
    }

    /**
     * The origin of the replica whose turn it is.
     *
     * <p>An origin with TLS stays as it is, since its certificate is for the name; so does a name that does not resolve, which
     * fails when it is connected to.
     */
    URI next(URI origin) {
        if (!"http".equals(origin.getScheme())) {
            return origin;
        }
        try {
            List<URI> all = Arrays.stream(names.addresses(origin.getHost()))
                    .map(address -> at(origin, address))
                    .sorted()
                    .toList();
            List<URI> good = all.stream().filter(this::isGood).toList();
            List<URI> candidates = good.isEmpty() ? all : good;
            return candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        } catch (UnknownHostException e) {
            return origin;
        }
    }

    /** Leaves the replica out for a moment. */
    void failed(URI replica) {
        long now = nanoTime.getAsLong();
        failedAt.values().removeIf(at -> now - at >= LEFT_OUT_NANOS);
        failedAt.put(replica, now);
    }

    private boolean isGood(URI replica) {
        Long at = failedAt.get(replica);
        return at == null || nanoTime.getAsLong() - at >= LEFT_OUT_NANOS;
    }

    private static URI at(URI origin, InetAddress address) {
        String literal = address.getHostAddress().replaceFirst("%.*", "");
        return UriComponentsBuilder.fromUri(origin)
                .host(literal.contains(":") ? "[" + literal + "]" : literal)
                .build(true)
                .toUri();
    }
}
