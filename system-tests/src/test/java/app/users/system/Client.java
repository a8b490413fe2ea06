package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of the HTTP interface, as naive as they come: it remembers its access token and nothing else. */
public record Client(HttpClient http, URI users, @Nullable String authorization) {

    public static Client of(URI users) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new Client(http, users, null);
    }

    /** The same client with this as its {@code Authorization}. */
    public Client with(String scheme, String access) {
        return new Client(http, users, scheme + " " + access);
    }

    /** Asks again while the system says that its views are behind, which a busy machine may be for longer than it waits. */
    public Answer get(String path) {
        Answer answer = send("GET", path, null);
        return answer.isBehind()
                ? Patience.await("views for GET " + path)
                        .until(() -> send("GET", path, null), later -> !later.isBehind())
                : answer;
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** With a proof of work, which only some systems ask for. */
    Answer register(Person person) {
        return new Call(this, "POST", "auth/registration/")
                .with("Users-Work", Work.proof(person.email()))
                .json(person.registration())
                .send();
    }

    /** The same client, signed in as the person. */
    Client signIn(Person person) {
        return with(
                "Bearer", post("auth/token/", person.credentials()).expect(200).text("access"));
    }

    /** The id of the user that is signed in. */
    long id() {
        return get("user/").expect(200).json().get("id").longValue();
    }

    private Answer send(String method, String path, @Nullable String body) {
        return send(method, path, body, Map.of());
    }

    /** @param headers beside {@code Authorization} and, with a body, {@code Content-Type}, unless they name another */
    public Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(users.resolve(path)).timeout(Patience.LONGEST);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
    }
}
