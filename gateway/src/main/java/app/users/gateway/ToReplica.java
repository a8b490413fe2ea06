package app.users.gateway;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;

import app.users.web.body.RequestBytes;
import app.users.web.route.Owner;
import app.users.web.route.Route;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Sends each request to a replica of the service that owns it, and to another one if the first fails and a retry is safe. */
final class ToReplica implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final int MOST_TRIES = 3;

    private final Owner owner;
    private final Origins origins;
    private final Replicas replicas;

    ToReplica(Owner owner, Origins origins, Replicas replicas) {
        this.owner = owner;
        this.origins = origins;
        this.replicas = replicas;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        for (int tries = 1; ; tries++) {
            URI replica = replicas.next(origins.of(owner));
            try {
                return next.handle(uri(replica).apply(request));
            } catch (ResourceAccessException e) {
                Failure failure = Failure.of(e);
                if (failure != Failure.OTHER) {
                    replicas.failed(replica);
                }
                if (tries == MOST_TRIES || !failure.mayRetry(request)) {
                    throw e;
                }
                RequestBytes.rewind(request.servletRequest());
            }
        }
    }

    private enum Failure {
        /** Nothing was sent: any request may be sent to another replica. */
        CONNECTING,
        /** The service may have done what was asked: only a request that does nothing twice may be sent again. */
        EXCHANGING,
        /** The service is slow or busy: a retry would add to its load. */
        OTHER;

        static Failure of(ResourceAccessException e) {
            return switch (e.getCause()) {
                case ConnectTimeoutException c -> CONNECTING;
                case ConnectException c -> CONNECTING;
                case NoRouteToHostException c -> CONNECTING;
                case UnknownHostException c -> CONNECTING;
                case SocketTimeoutException c -> OTHER;
                case ConnectionRequestTimeoutException c -> OTHER;
                case null, default -> EXCHANGING;
            };
        }

        boolean mayRetry(ServerRequest request) {
            return this == CONNECTING || this == EXCHANGING && isRepeatable(request);
        }

        private static boolean isRepeatable(ServerRequest request) {
            HttpMethod method = request.method();
            return method.equals(HttpMethod.GET)
                    || method.equals(HttpMethod.HEAD)
                    || request.headers().firstHeader("Idempotency-Key") != null
                            && Route.takesIdempotencyKey(method, request.uri().getPath());
        }
    }
}
