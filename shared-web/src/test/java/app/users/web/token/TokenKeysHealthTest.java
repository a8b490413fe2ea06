package app.users.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.ResolvableType;

/** A process without the keys of access tokens could check no token, so it is not ready. */
class TokenKeysHealthTest {

    @Test
    void isDownUntilTheKeysWereFetchedAndUpDuringALaterOutage() throws Exception {
        HttpServer command = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = command.getAddress().getPort();
        String keys = new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("1").generate()).toString();
        command.createContext("/auth/jwks", exchange -> {
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        HealthIndicator health = health(port);
        try {
            assertThat(status(health)).isEqualTo(Status.DOWN);
            command.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> status(health).equals(Status.UP));
        } finally {
            command.stop(0);
        }
        assertThat(status(health)).isEqualTo(Status.UP);
    }

    private static HealthIndicator health(int port) {
        TokenProperties properties =
                new TokenProperties("http://test", "users", URI.create("http://127.0.0.1:" + port + "/auth/jwks"));
        TokenConfiguration configuration = new TokenConfiguration();
        return configuration.tokenKeysHealthIndicator(configuration.webTokenKeys(
                new DefaultListableBeanFactory()
                        .getBeanProvider(ResolvableType.forClassWithGenerics(JWKSource.class, SecurityContext.class)),
                properties));
    }

    private static Status status(HealthIndicator indicator) {
        Health health = indicator.health();
        return health == null ? Status.UNKNOWN : health.getStatus();
    }
}
