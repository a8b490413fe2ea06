package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in every detail, for what a naive {@link Client} would not send. */
record Call(Client client, String method, String path, List<String> headers, byte @Nullable [] body) {

    Call(Client client, String method, String path) {
        this(client, method, path, List.of(), null);
    }

    Call with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Call(client, method, path, more, body);
    }

    Call json(String body) {
        return body("application/json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Call body(String type, byte[] body) {
        return new Call(client, method, path, headers, body).with("Content-Type", type);
    }

    Answer send() {
        URI uri = client.users().resolve(path);
        BodyPublisher sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Patience.LONGEST).method(method, sent);
        if (client.authorization() != null) {
            request.header("Authorization", client.authorization());
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = client.http().send(request.build(), BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
    }
}
