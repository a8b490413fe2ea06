package app.users.gateway;

import static app.users.gateway.GatewayTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = GatewayApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web,gateway", "spring.http.clients.read-timeout=500ms"})
class GatewayOutageTest {

    /** Takes connections and never answers. */
    private static final ServerSocket SILENT = open();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) throws IOException {
        try (ServerSocket closed = open()) {
            String nobody = "http://127.0.0.1:" + closed.getLocalPort();
            registry.add("users.gateway.command", () -> nobody);
        }
        registry.add("users.gateway.query", () -> "http://127.0.0.1:" + SILENT.getLocalPort());
    }

    @AfterAll
    static void close() throws IOException {
        SILENT.close();
    }

    @Test
    void aServiceThatIsDownIsABadGateway() {
        HttpResponse<String> response = new Client(port).send("POST", "/users/auth/token/", "Accept-Language", "ru");
        problem(response, 502, "bad-gateway");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.body()).contains("Служба недоступна").doesNotContain("127.0.0.1", "Exception");
    }

    @Test
    void aServiceThatIsSilentIsAGatewayTimeout() {
        problem(new Client(port).send("GET", "/users/user/"), 504, "gateway-timeout");
    }

    @Test
    void theFirstPageAnswersThoughNoServiceDoes() {
        HttpResponse<String> page = new Client(port).send("GET", "/users/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("\"parts\":{\"command-service\":\"DOWN\",\"query-service\":\"DOWN\"}");
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
