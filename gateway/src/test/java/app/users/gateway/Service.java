package app.users.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A service behind the gateway: answers what it is told to and keeps what it was sent. */
final class Service {

    record Received(String method, URI uri, Headers headers, String body) {}

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile Answer answer = Service::ok;

    Service() throws IOException {
        this("127.0.0.1", 0);
    }

    Service(String address, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                answer.to(exchange);
            }
        });
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Takes each request and closes the connection without an answer, as a killed service does. */
    void breaksConnections() {
        answer = exchange -> {};
    }

    void answers(Answer answer) {
        this.answer = answer;
    }

    void reset() {
        answer = Service::ok;
        received.clear();
    }

    boolean untouched() {
        return received.isEmpty();
    }

    int count() {
        return received.size();
    }

    Received take() {
        return received.remove();
    }

    static void ok(HttpExchange exchange) throws IOException {
        send(exchange, 200, "application/json", "{\"here\":\"й\"}");
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
