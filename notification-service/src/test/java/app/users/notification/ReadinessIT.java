package app.users.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.testservers.TcpProxy;
import app.users.testservers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Readiness follows MongoDB, which holds the ledger of mails. Liveness does not: a restart would not bring MongoDB back. */
class ReadinessIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void followsMongo() throws Exception {
        URI server = URI.create(TestServers.mongoUri());
        try (TcpProxy proxy = new TcpProxy(server.getHost(), server.getPort());
                var service = start(proxy)) {
            awaitReady(service);

            proxy.cut();
            isDownAtOnce(service);
            proxy.resume();
            awaitReady(service);

            proxy.pause();
            isDownAtOnce(service);
            proxy.resume();
            awaitReady(service);
        }
    }

    private void isDownAtOnce(ConfigurableApplicationContext service) throws Exception {
        Instant asked = Instant.now();
        HttpResponse<String> readiness = health(service, "/readiness");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).doesNotContain("127.0.0.1", "localhost", "Exception");
        assertThat(health(service, "/liveness").statusCode()).isEqualTo(200);
    }

    private void awaitReady(ConfigurableApplicationContext service) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(health(service, "/readiness").statusCode()).isEqualTo(200));
    }

    private HttpResponse<String> health(ConfigurableApplicationContext service, String group) throws Exception {
        String port = service.getEnvironment().getProperty("local.management.port");
        URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health" + group);
        return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
    }

    private static ConfigurableApplicationContext start(TcpProxy proxy) {
        return SpringApplication.run(
                NotificationServiceApplication.class,
                "--spring.config.name=notification",
                "--server.port=0",
                "--management.server.port=0",
                "--spring.mongodb.uri=mongodb://127.0.0.1:" + proxy.port() + "/?directConnection=true",
                "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                "--users.confirmation.key=" + Base64.getEncoder().encodeToString(new byte[32]));
    }
}
