package app.users.web.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 with a timeout for the whole head of a request, and with {@code OPTIONS *} passed on to the filters. Tomcat's
 * own timeout is for the next byte only: one byte every few seconds would hold a connection for hours. Public, because Tomcat
 * creates it by name.
 */
public final class HttpProtocol extends Http11NioProtocol {

    static final Duration LONGEST_HEAD = Duration.ofSeconds(15);

    /** The path of {@code OPTIONS *} for the filters. Tomcat itself would answer with methods that no path has. */
    public static final String WHOLE_SERVER = "/*";

    public HttpProtocol() {
        AbstractEndpoint<NioChannel, ?> endpoint = getEndpoint();
        endpoint.setHandler(new BoundedHeads(getHandler()));
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new WholeServer(adapter));
    }

    /** Closes connections whose request head is incomplete after {@link #LONGEST_HEAD}. */
    private final class BoundedHeads implements Handler<NioChannel> {

        private final Handler<NioChannel> tomcat;

        /** When the first part of an incomplete head was read. */
        private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

        BoundedHeads(Handler<NioChannel> tomcat) {
            this.tomcat = tomcat;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            if (begun.containsKey(socket)) {
                // the rest may come now, and after it a body
                socket.setReadTimeout(getConnectionTimeout());
            }
            SocketState state = tomcat.process(socket, event);
            if (state != SocketState.LONG) {
                begun.remove(socket);
                return state;
            }
            long since = begun.computeIfAbsent(socket, s -> System.nanoTime());
            long left = LONGEST_HEAD.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            if (left <= 0) {
                begun.remove(socket);
                return SocketState.CLOSED;
            }
            socket.setReadTimeout(Math.min(left, getConnectionTimeout()));
            return state;
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            begun.remove(socket);
            tomcat.release(socket);
        }

        @Override
        public Object getGlobal() {
            return tomcat.getGlobal();
        }

        @Override
        public void pause() {
            tomcat.pause();
        }

        @Override
        public void recycle() {
            tomcat.recycle();
        }
    }

    private record WholeServer(Adapter tomcat) implements Adapter {

        @Override
        public void service(Request request, Response response) throws Exception {
            if (request.requestURI().equals("*")) {
                request.requestURI().setString(WHOLE_SERVER);
                request.decodedURI().setString(WHOLE_SERVER);
            }
            tomcat.service(request, response);
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return tomcat.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
            return tomcat.asyncDispatch(request, response, event);
        }

        @Override
        public void log(Request request, Response response, long time) {
            tomcat.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            tomcat.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return tomcat.getDomain();
        }
    }
}
