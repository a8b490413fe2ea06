package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.web.route.Owner;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The query service alone: its keys are in another process. */
@SpringBootTest(
        classes = LoneServiceTest.QueryService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
@DirtiesContext
class LoneServiceTest {

    private static final AtomicBoolean UP = new AtomicBoolean();
    private static final HttpServer KEYS = keys();

    private Client client;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebConfiguration.class, TestService.Controller.class})
    static class QueryService {

        @Bean
        Owner queryOwner() {
            return Owner.QUERY;
        }
    }

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry registry) {
        registry.add(
                "users.token.jwks-uri",
                () -> "http://127.0.0.1:" + KEYS.getAddress().getPort());
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @AfterAll
    static void stop() {
        KEYS.stop(0);
    }

    @Test
    void keysThatCannotBeFetchedAreAnOutageUntilTheyCan() {
        UP.set(false);
        HttpResponse<String> response =
                client.send("GET", "/users/user", "Authorization", "Bearer " + TestTokens.good());
        problem(response, 503, "outage");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        UP.set(true);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                client.send("GET", "/users/user", "Authorization", "Bearer " + TestTokens.good())
                                        .statusCode())
                        .isEqualTo(200));
        problem(
                client.send("GET", "/users/user", "Authorization", "Bearer " + TestTokens.byStranger()),
                401,
                "bad-token");
    }

    @Test
    void pathsOfServicesThatAreElsewhereAreNotHere() {
        problem(client.send("POST", "/users/auth/token"), 404, "not-found");
        HttpResponse<String> response = client.send("PATCH", "/users/user");
        problem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void healthIsOnTheManagementPortAlone(@LocalManagementPort int management) {
        assertThat(new Client(management)
                        .send("GET", "/actuator/health/liveness")
                        .statusCode())
                .isEqualTo(200);
        assertThat(new Client(management).send("GET", "/users/user").statusCode())
                .isNotEqualTo(200);
        problem(client.send("GET", "/actuator/health"), 404, "not-found");
    }

    private static HttpServer keys() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] keys = TestTokens.publicKeys().toString().getBytes(StandardCharsets.UTF_8);
                try (exchange) {
                    exchange.sendResponseHeaders(UP.get() ? 200 : 500, keys.length);
                    exchange.getResponseBody().write(keys);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
