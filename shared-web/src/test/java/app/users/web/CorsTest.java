package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Security line 19: pages of other origins may call only where the configuration names them. */
@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web", "users.cors.origins=https://shop.example"})
class CorsTest {

    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @Test
    void aNamedOriginMayAskBeforeItCalls() {
        HttpResponse<String> answer = preflight("https://shop.example", "PATCH");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue(ALLOWED)).hasValue("https://shop.example");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void aNamedOriginReadsAnswersAndTheirHeaders() {
        HttpResponse<String> answer = client.send(client.to("/users/auth/jwks")
                .header("Origin", "https://shop.example")
                .GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue(ALLOWED)).hasValue("https://shop.example");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Users-Version", "ETag", "Retry-After");
    }

    @Test
    void anotherOriginIsRefused() {
        problem(preflight("https://evil.example", "PATCH"), 403, "forbidden");
        HttpRequest.Builder call = client.to("/users/auth/jwks").header("Origin", "https://evil.example");
        HttpResponse<String> answer = client.send(call.GET());
        problem(answer, 403, "forbidden");
        assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
    }

    @Test
    void optionsWithoutAnOriginStillNamesTheMethods() {
        HttpResponse<String> answer = client.send(client.to("/users/user/").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, OPTIONS, PATCH");
    }

    @Test
    void aNamedOriginHearsOfMethodsAsEveryClientDoes() {
        HttpResponse<String> options = client.send(client.to("/users/user/")
                .header("Origin", "https://shop.example")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        HttpResponse<String> put = client.send(client.to("/users/user/")
                .header("Origin", "https://shop.example")
                .PUT(BodyPublishers.noBody()));
        problem(put, 405, "method-not-allowed");
        assertThat(put.headers().firstValue(ALLOWED)).hasValue("https://shop.example");
    }

    @Test
    void aNamedOriginMaySendAndReadTheIdsOfARequest() {
        HttpResponse<String> asked = client.send(client.to("/users/user/")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "baggage, traceparent, tracestate, x-request-id")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(asked.statusCode()).isEqualTo(200);
        HttpResponse<String> answer = client.send(client.to("/users/auth/jwks")
                .header("Origin", "https://shop.example")
                .GET());
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("X-Request-Id");
    }

    private HttpResponse<String> preflight(String origin, String method) {
        return client.send(client.to("/users/user/")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
