package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.testservers.TcpProxy;
import app.users.testservers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Readiness follows PostgreSQL. Liveness does not: a restart would not bring the database back. */
class ReadinessIT {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void followsTheDatabase() throws Exception {
        TestServers.Database database = TestServers.postgres();
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try (TcpProxy proxy = new TcpProxy(server.getHost(), server.getPort());
                var service = start(database, proxy)) {
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
        assertThat(health(service, "").body())
                .contains("\"commandDatabase\":{\"details\":{\"reason\":")
                .doesNotContain("127.0.0.1", "localhost", "postgres", "Exception");
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

    private static ConfigurableApplicationContext start(TestServers.Database database, TcpProxy proxy)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] signingKey = generator.generateKeyPair().getPrivate().getEncoded();
        return SpringApplication.run(
                CommandServiceApplication.class,
                "--spring.config.name=web,command",
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url="
                        + database.jdbcUrl().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/"),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.flyway.user=" + database.owner(),
                "--spring.flyway.password=" + database.ownerPassword(),
                "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                "--users.master-key=" + KEY,
                "--users.hash-key=" + KEY,
                "--users.refresh-key=" + KEY,
                "--users.confirmation.key=" + KEY,
                "--users.token.signing-key=" + Base64.getEncoder().encodeToString(signingKey));
    }
}
