package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.route.Route;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class MethodTest {

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @CsvSource({
        "/users/user, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "/users/user/, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "/users/auth/token/, 'OPTIONS, POST'",
        "/users/user/executor, 'GET, HEAD, OPTIONS'",
        "/users/erasures/abc, 'GET, HEAD, OPTIONS'"
    })
    void optionsAreToldToEveryone(String path, String allowed) {
        HttpResponse<String> response = client.send("OPTIONS", path, "Origin", "http://evil.example");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(response.headers().firstValue("Content-Type")).isEmpty();
        HttpResponse<String> refused = client.send("PUT", path);
        problem(refused, 405, "method-not-allowed");
        assertThat(refused.headers().firstValue("Allow")).contains(allowed);
    }

    @Test
    void aPreflightOpensNothing() {
        HttpResponse<String> response = client.send(
                "OPTIONS", "/users/user", "Origin", "http://evil.example", "Access-Control-Request-Method", "GET");
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        problem(client.send("OPTIONS", "/users/nobody"), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/user",
                "/users/user/",
                "/users/user/executor?limit=7",
                "/users/auth/jwks",
                "/users/nobody"
            })
    void headAnswersAsGetDoesWithoutTheBody(String path) {
        for (String authorization : new String[] {"Bearer " + TestTokens.good(), "Bearer bad"}) {
            HttpResponse<String> get = client.send("GET", path, "Authorization", authorization);
            HttpResponse<String> head = client.send("HEAD", path, "Authorization", authorization);
            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            assertThat(headers(head)).isEqualTo(headers(get));
        }
    }

    @Test
    void everyPathThatAnswersGetAnswersHead() {
        assertThat(Route.ALL)
                .filteredOn(route -> route.methods().contains(HttpMethod.GET))
                .allMatch(route -> route.methods().contains(HttpMethod.HEAD));
    }

    private static Map<String, Object> headers(HttpResponse<String> response) {
        Map<String, Object> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }
}
