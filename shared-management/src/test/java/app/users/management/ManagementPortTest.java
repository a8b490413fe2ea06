package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.users.settings.SettingFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The management port of a process that knows nothing of this module but that it is there. */
class ManagementPortTest {

    private static final String TOKEN =
            Base64.getEncoder().encodeToString("a token of 32 readable letters..".getBytes());

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(LeverEndpoint.class)
    static class Service {}

    /** An endpoint as one may be added later. */
    @Endpoint(id = "lever")
    static class LeverEndpoint {

        static final AtomicInteger PULLED = new AtomicInteger();

        @ReadOperation
        int pulled() {
            return PULLED.get();
        }

        @WriteOperation
        int pull() {
            return PULLED.incrementAndGet();
        }

        @DeleteOperation
        int letGo() {
            return PULLED.incrementAndGet();
        }
    }

    @Test
    void aNewEndpointNeedsTheToken() throws Exception {
        LeverEndpoint.PULLED.set(0);
        try (var service = start("--users.management.token=" + TOKEN)) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                assertThat(send(service, method, "lever", "").statusCode()).isEqualTo(401);
                assertThat(send(service, method, "lever", "AAAA").statusCode()).isEqualTo(401);
            }
            assertThat(LeverEndpoint.PULLED).hasValue(0);
            assertThat(send(service, "POST", "lever", TOKEN).body()).isEqualTo("1");
            assertThat(send(service, "GET", "lever", TOKEN).body()).isEqualTo("1");
            assertThat(send(service, "GET", "health", "").body()).contains("\"status\":\"UP\"");
        }
    }

    @Test
    void everyOperationIsOffWithoutAConfiguredToken() throws Exception {
        LeverEndpoint.PULLED.set(0);
        try (var service = start()) {
            assertThat(send(service, "POST", "lever", TOKEN).statusCode()).isEqualTo(403);
            assertThat(send(service, "POST", "lever", "").body()).contains("users.management.token");
            assertThat(LeverEndpoint.PULLED).hasValue(0);
            assertThat(send(service, "GET", "health", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void healthShowsNoPathOfThisMachine() throws Exception {
        try (var service = start()) {
            assertThat(send(service, "GET", "health", "").body())
                    .isEqualTo("{\"components\":{\"livenessState\":{\"status\":\"UP\"},"
                            + "\"readinessState\":{\"status\":\"UP\"}},\"groups\":[\"liveness\",\"readiness\"],"
                            + "\"status\":\"UP\"}");
        }
    }

    @Test
    void listensOnTheAddressOfTheApi() {
        try (var service = start()) {
            assertThat(service.getEnvironment().getProperty("management.server.address"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void startsOnlyWithAPortOfItsOwn() {
        Throwable failure = catchThrowable(() -> run("--server.port=0").close());
        assertThat(SettingFailure.sentence(failure))
                .contains("management.server.port is the port of the API; it must be a port of its own");
    }

    @Test
    void startsOnlyWithASecretToken() {
        refused("users.management.token is not base64; set it to ", "--users.management.token=my!secret");
        refused("users.management.token has 5 bytes; set it to ", "--users.management.token=c2hvcnQ=");
        refused(
                "users.management.token could be guessed",
                "--users.management.token=" + TOKEN,
                "--users.mode=production");
    }

    @Test
    void startsOnlyWithHostNames() {
        refused("users.management.hosts has \"a:80\"; each entry must be", "--users.management.hosts=localhost,a:80");
    }

    private static void refused(String sentence, String... arguments) {
        Throwable failure = catchThrowable(() -> start(arguments).close());
        assertThat(SettingFailure.sentence(failure))
                .hasValueSatisfying(
                        said -> assertThat(said).startsWith(sentence).doesNotContain("my!secret"));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        Stream<String> ports = Stream.of("--server.port=0", "--management.server.port=0");
        return run(Stream.concat(ports, Stream.of(arguments)).toArray(String[]::new));
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        Stream<String> common = Stream.of(
                "--spring.config.name=management",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.lever.access=unrestricted");
        return SpringApplication.run(
                Service.class, Stream.concat(common, Stream.of(arguments)).toArray(String[]::new));
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext service, String method, String endpoint, String token) throws Exception {
        String port = service.getEnvironment().getProperty("local.management.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
                .header("Content-Type", "application/json")
                .method(method, method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
