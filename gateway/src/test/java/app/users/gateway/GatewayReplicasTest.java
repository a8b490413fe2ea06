package app.users.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Two replicas listen on one port of two addresses, as behind one host name. */
@SpringBootTest(
        classes = {GatewayApplication.class, GatewayReplicasTest.TwoAddresses.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web,gateway", "management.server.port=0"})
class GatewayReplicasTest {

    private static final String BODY = "{\"name\":\"user1\"}";

    /** Advances between tests, so that no test meets the failures of the one before. */
    private static final AtomicLong CLOCK = new AtomicLong();

    private static final Service FIRST = start("127.0.0.1", 0);
    private static final Service SECOND = start("127.0.0.2", FIRST.port());

    private Client client;

    @TestConfiguration(proxyBeanMethods = false)
    static class TwoAddresses {

        @Bean
        @Primary
        Replicas twoReplicas() {
            InetAddress[] both = {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")};
            return new Replicas(host -> both, CLOCK::get);
        }
    }

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("users.gateway.command", () -> "http://users:" + FIRST.port());
        registry.add("users.gateway.query", () -> "http://users:" + FIRST.port());
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
        FIRST.reset();
        SECOND.reset();
        CLOCK.addAndGet(Replicas.LEFT_OUT_NANOS);
    }

    @Test
    void spreadsRequestsEvenly() {
        IntStream.range(0, 10).forEach(i -> client.send("GET", "/users/user"));
        assertThat(FIRST.count()).isEqualTo(5);
        assertThat(SECOND.count()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"GET, /users/user", "HEAD, /users/user/executor", "GET, /users/auth/jwks"})
    void repeatsAReadAtTheOtherReplica(String method, String path) {
        FIRST.breaksConnections();
        IntStream.range(0, 4)
                .forEach(i -> assertThat(client.send(method, path).statusCode()).isEqualTo(200));
        assertThat(SECOND.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /users/auth/registration",
        "PATCH, /users/user",
        "DELETE, /users/user",
        "POST, /users/verify-email",
        "POST, /users/verify-number"
    })
    void repeatsAKeyedWriteWithItsBody(String method, String path) {
        FIRST.breaksConnections();
        for (int i = 0; i < 2; i++) {
            assertThat(client.sendJson(method, path, BODY, "Idempotency-Key", "k" + i)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(SECOND.take().body()).isEqualTo(BODY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /users/auth/token, ",
        "PATCH, /users/user, ",
        "POST, /users/accept-email, k",
        "POST, /users/auth/token, k",
        "POST, /users/auth/token/refresh, k"
    })
    void doesNotRepeatAWriteThatCouldBeDoneTwice(String method, String path, @Nullable String key) {
        FIRST.breaksConnections();
        String[] headers = key == null ? new String[0] : new String[] {"Idempotency-Key", key};
        long refused = IntStream.range(0, 2)
                .filter(i -> client.sendJson(method, path, BODY, headers).statusCode() == 502)
                .count();
        assertThat(refused).isEqualTo(1);
        assertThat(FIRST.count() + SECOND.count()).isEqualTo(2);
    }

    private static Service start(String address, int port) {
        try {
            return new Service(address, port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
