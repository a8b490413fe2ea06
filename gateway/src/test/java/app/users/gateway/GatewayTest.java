package app.users.gateway;

import static app.users.gateway.Client.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.gateway.Service.Received;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = GatewayApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web,gateway", "management.server.port=0"})
class GatewayTest {

    private static final Service COMMAND = start();
    private static final Service QUERY = start();
    private static final Service OTHER_QUERY = start();
    private static final String TOKEN = Base64.getEncoder().encodeToString(new byte[32]);

    private Client client;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("users.gateway.command", COMMAND::origin);
        registry.add("users.gateway.query", QUERY::origin);
        registry.add("users.gateway.query-alternatives", OTHER_QUERY::origin);
        registry.add("users.management.token", () -> TOKEN);
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
        COMMAND.reset();
        QUERY.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /users/auth/registration/",
        "POST, /users/auth/token/",
        "POST, /users/auth/token/refresh",
        "GET, /users/auth/jwks",
        "GET, /users/erasures/0123abcd",
        "GET, /users/openapi",
        "HEAD, /users/docs/",
        "GET, /users/docs/docs.js",
        "PATCH, /users/user/",
        "DELETE, /users/user/",
        "POST, /users/verify-email/",
        "POST, /users/accept-email/",
        "POST, /users/verify-number/",
        "POST, /users/accept-number/"
    })
    void writesGoToTheCommandService(String method, String path) {
        assertThat(client.send(method, path).statusCode()).isEqualTo(200);
        Received received = COMMAND.take();
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.uri().toString()).isEqualTo(path.replaceAll("/$", ""));
        assertThat(QUERY.untouched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users/user/",
        "HEAD, /users/user",
        "GET, /users/user/executor/",
        "HEAD, /users/user/executor",
        "GET, /users/verify-email/",
        "HEAD, /users/verify-number"
    })
    void readsGoToTheQueryService(String method, String path) {
        assertThat(client.send(method, path).statusCode()).isEqualTo(200);
        assertThat(QUERY.take().method()).isEqualTo(method);
        assertThat(COMMAND.untouched()).isTrue();
    }

    @Test
    void readsMoveToAnotherServiceWhileTheyFlow(@LocalManagementPort int management) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger failed = new AtomicInteger();
        Thread reads = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                failed.addAndGet(client.send("GET", "/users/user/").statusCode() == 200 ? 0 : 1);
            }
        });
        try {
            assertThat(choose(management, "{\"query\":\"" + OTHER_QUERY.origin() + "\"}")
                            .body())
                    .contains("\"query\":\"" + OTHER_QUERY.origin() + "\"", "\"command\":\"" + COMMAND.origin() + "\"");
            client.send("GET", "/users/user/executor/");
            await().atMost(Duration.ofSeconds(60)).until(() -> !OTHER_QUERY.untouched());
            // what was under way may still arrive there
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                QUERY.reset();
                client.send("GET", "/users/user/executor/");
                return QUERY.untouched();
            });
        } finally {
            choose(management, "{\"query\":\"" + QUERY.origin() + "\"}");
            done.set(true);
            reads.join();
        }
        assertThat(failed).hasValue(0);
    }

    @Test
    void requestsGoToConfiguredOriginsOnly(@LocalManagementPort int management) throws Exception {
        Service stranger = start();
        String command = "users.gateway.command nor in users.gateway.command-alternatives";
        String query = "users.gateway.query nor in users.gateway.query-alternatives";
        refused(choose(management, "{\"query\":\"" + stranger.origin() + "\"}"), query);
        refused(choose(management, "{\"command\":\"" + stranger.origin() + "\"}"), command);
        // of the other kind
        refused(choose(management, "{\"command\":\"" + OTHER_QUERY.origin() + "\"}"), command);
        refused(choose(management, "{\"query\":\"" + OTHER_QUERY.origin() + "/x\"}"), query);
        refused(choose(management, "{\"query\":\"no address\"}"), "an address such as");
        // one of two is wrong: neither changes
        refused(
                choose(
                        management,
                        "{\"query\":\"" + OTHER_QUERY.origin() + "\",\"command\":\"" + stranger.origin() + "\"}"),
                command);
        client.send("GET", "/users/user/");
        client.send("POST", "/users/auth/token/");
        assertThat(QUERY.take().method()).isEqualTo("GET");
        assertThat(COMMAND.take().method()).isEqualTo("POST");
        assertThat(stranger.untouched()).isTrue();
    }

    @Test
    void refusesAChoiceWithoutTheToken(@LocalManagementPort int management) throws Exception {
        String body = "{\"query\":\"" + OTHER_QUERY.origin() + "\"}";
        assertThat(choose(management, body, "").statusCode()).isEqualTo(401);
        assertThat(choose(management, body, "Bearer AAAA").statusCode()).isEqualTo(401);
        client.send("GET", "/users/user/");
        assertThat(QUERY.take().method()).isEqualTo("GET");
    }

    private static void refused(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":400", detail);
    }

    private static HttpResponse<String> choose(int management, String body) throws Exception {
        return choose(management, body, "Bearer " + TOKEN);
    }

    private static HttpResponse<String> choose(int management, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + management + "/actuator/origins"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient operator = HttpClient.newHttpClient()) {
            return operator.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void answersTheFirstPageWithThePartsOfItsServices() {
        COMMAND.answers(exchange -> Service.send(exchange, 200, "application/json", firstPage("\"kafka\":\"UP\"")));
        QUERY.answers(exchange -> Service.send(exchange, 200, "application/json", firstPage("\"views\":\"DOWN\"")));
        assertThat(client.send("GET", "/").body())
                .contains("\"command-service\":\"UP\"", "\"query-service\":\"UP\"")
                .contains("\"kafka\":\"UP\"", "\"views\":\"DOWN\"");
        Received asked = COMMAND.take();
        assertThat(asked.uri().toString()).isEqualTo("/users/");
        assertThat(asked.headers()).containsEntry("Accept", List.of("application/json"));
        assertThat(client.send("GET", "/users/", "Accept", "text/html").body()).contains("<h1>Users</h1>");
        assertThat(client.send("GET", "/users/pages/users.css").headers().firstValue("Content-Type"))
                .contains("text/css;charset=UTF-8");
    }

    private static String firstPage(String parts) {
        return "{\"name\":\"Users\",\"about\":\"\",\"links\":{},\"documents\":[],\"parts\":{" + parts + "}}";
    }

    @Test
    void passesRequestsOnAsTheyAre() {
        client.send(client.to("/users/user/executor/?limit=2&after=%2B1%202%26&q=%D0%B9")
                .headers("Authorization", "Token x", "If-Match", "\"3\"", "Accept-Language", "ru", "Accept", "*/*"));
        Received received = QUERY.take();
        assertThat(received.uri().toString()).isEqualTo("/users/user/executor?limit=2&after=%2B1%202%26&q=%D0%B9");
        assertThat(received.headers())
                .containsEntry("Authorization", List.of("Token x"))
                .containsEntry("If-match", List.of("\"3\""))
                .containsEntry("Accept-language", List.of("ru"))
                .doesNotContainKeys("Accept-encoding", "Cookie");
    }

    @Test
    void passesTheBytesOfHeadersOn() throws IOException {
        String agent = new String("Заказы/2.1 My App™".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(client.raw("GET /users/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: " + agent
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(QUERY.take().headers()).containsEntry("User-agent", List.of(agent));
    }

    @Test
    void theAnswerCarriesTheRequestIdOfTheService() {
        QUERY.answers(exchange -> {
            exchange.getResponseHeaders().set("X-Request-Id", "of-the-service");
            exchange.sendResponseHeaders(200, -1);
        });
        HttpResponse<String> own = client.send("GET", "/users/user", "X-Request-Id", "order-17");
        assertThat(own.headers().allValues("X-Request-Id")).containsExactly("of-the-service");
        assertThat(QUERY.take().headers()).containsEntry("X-request-id", List.of("order-17"));
    }

    @Test
    void anAnswerWithoutARequestIdGetsTheGateways() {
        HttpResponse<String> answer = client.send("GET", "/users/user", "X-Request-Id", "not; good");
        assertThat(answer.headers().allValues("X-Request-Id"))
                .singleElement()
                .asString()
                .matches("[0-9a-f-]{36}");
        assertThat(QUERY.take().headers()).doesNotContainKey("X-request-id");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesBodiesOn(boolean chunked) {
        String body = "{\"name\":\"" + "й".repeat(20_000) + "\",}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        client.send(client.to("/users/auth/registration/")
                .header("Content-Type", "application/json")
                .POST(
                        chunked
                                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
                                : BodyPublishers.ofByteArray(bytes)));
        Received received = COMMAND.take();
        assertThat(received.body()).isEqualTo(body);
        assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void passesAnswersOnAsTheyAre() {
        COMMAND.answers(exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Location", "/users/erasures/1");
            exchange.getResponseHeaders().set("Retry-After", "7");
            Service.send(exchange, 429, "application/problem+json", "{\"title\":\"жди\"}");
        });
        HttpResponse<String> response = client.send("POST", "/users/verify-email");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"title\":\"жди\"}");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers().allValues("Location")).containsExactly("/users/erasures/1");
        assertThat(response.headers().allValues("Retry-After")).containsExactly("7");
        assertThat(response.headers().allValues("Date")).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        COMMAND.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(302, -1);
        });
        assertThat(client.send("GET", "/users/auth/jwks").statusCode()).isEqualTo(302);
    }

    @Test
    void tellsTheServiceWhomItTalksToAndNotWhatTheClientClaims() {
        client.send(
                "GET",
                "/users/user",
                "X-Forwarded-For",
                "6.6.6.6",
                "Forwarded",
                "for=6.6.6.6",
                "X-Real-IP",
                "6.6.6.6",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Prefix",
                "/evil");
        Received received = QUERY.take();
        assertThat(received.headers())
                .containsEntry("X-forwarded-for", List.of("127.0.0.1"))
                .containsEntry("X-forwarded-proto", List.of("http"))
                .containsEntry("X-forwarded-host", List.of("127.0.0.1:" + client.port()))
                .containsEntry(
                        "Forwarded",
                        List.of("for=\"127.0.0.1\";proto=http;host=\"127.0.0.1:%d\"".formatted(client.port())))
                .doesNotContainKeys("X-real-ip", "X-forwarded-prefix");
    }

    @Test
    void aReadAsksForWhatTheSameUserJustWrote() {
        COMMAND.answers(exchange -> {
            exchange.getResponseHeaders().set("Users-Version", "5");
            Service.ok(exchange);
        });
        assertThat(client.send("PATCH", "/users/user/", "Authorization", bearer(1))
                        .headers()
                        .firstValue("Users-Version"))
                .contains("5");
        client.send("GET", "/users/user/", "Authorization", bearer(1), "Users-Min-Version", "2");
        assertThat(QUERY.take().headers().get("Users-Min-Version")).containsExactly("5");
        client.send("GET", "/users/user/", "Authorization", bearer(2));
        assertThat(QUERY.take().headers()).doesNotContainKey("Users-min-version");
    }

    @Test
    void whoeverErasedThemselvesIsRefusedAtOnce() {
        COMMAND.answers(exchange -> {
            exchange.getResponseHeaders().set("Users-Erased", "true");
            Service.ok(exchange);
        });
        assertThat(client.send("DELETE", "/users/user/", "Authorization", bearer(3))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = client.send("GET", "/users/user/", "Authorization", bearer(3));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(QUERY.untouched()).isTrue();
    }

    @Test
    void refusesAtOnceWhatNoServiceWouldAnswer() {
        problem(client.send("GET", "/nowhere"), 404, "not-found");
        problem(client.send("GET", "/actuator/health"), 404, "not-found");
        problem(client.send("GET", "/users/user/executor?&&=="), 400, "bad-request");
        HttpResponse<String> wrong = client.send("PUT", "/users/user/");
        problem(wrong, 405, "method-not-allowed");
        assertThat(wrong.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, OPTIONS, PATCH");
        problem(client.send("GET", "/users/user", "X-Long", "x".repeat(20_000)), 431, "header-too-large");
        problem(
                client.send(client.to("/users/auth/token").POST(BodyPublishers.ofByteArray(new byte[70_000]))),
                413,
                "body-too-large");
        problem(
                client.send(client.to("/users/auth/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("password=secret"))),
                415,
                "unsupported-media-type");
        assertThat(COMMAND.untouched() && QUERY.untouched()).isTrue();
    }

    static void problem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.body()).contains("\"type\":\"urn:users:problem:" + code + "\"");
    }

    private static Service start() {
        try {
            return new Service();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
