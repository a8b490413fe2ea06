package app.users.embedded;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What the mail page answers. */
record Reply(int status, byte[] body, Map<String, String> headers) {

    static Reply status(int status) {
        return new Reply(status, new byte[0], Map.of());
    }

    static Reply of(int status, String type, String body) {
        return new Reply(status, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type));
    }

    /** @param name a file on the class path */
    static Reply file(String name, String type) {
        try (InputStream in = Objects.requireNonNull(Reply.class.getResourceAsStream(name), name)) {
            return new Reply(200, in.readAllBytes(), Map.of("Content-Type", type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, body, more);
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }
}
