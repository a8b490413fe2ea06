package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import app.users.settings.SettingFailure;
import app.users.testservers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Security line 28: the master key is replaced from one start to the next, and nobody notices. */
class MasterKeyIT {

    private static final String REGISTRATION =
            "{\"surname\":\"S\",\"name\":\"N\",\"email\":\"key@it.example\",\"number\":\"+79961234567\",\"password\":\"user1user1\"}";
    private static final String SIGN_IN = "{\"email\":\"key@it.example\",\"password\":\"user1user1\"}";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestServers.Database database = TestServers.postgres();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String first = key();
    private final String second = key();
    private final String[] settings = Stream.of(
                    "--spring.config.name=web,command",
                    "--server.port=0",
                    "--management.server.port=0",
                    "--spring.datasource.url=" + database.jdbcUrl(),
                    "--spring.datasource.username=" + database.user(),
                    "--spring.datasource.password=" + database.password(),
                    "--spring.flyway.user=" + database.owner(),
                    "--spring.flyway.password=" + database.ownerPassword(),
                    "--spring.kafka.bootstrap-servers=" + TestServers.kafka(),
                    "--users.hash-key=" + key(),
                    "--users.refresh-key=" + key(),
                    "--users.confirmation.key=" + key(),
                    "--users.token.signing-key=" + signingKey())
            .toArray(String[]::new);

    @Test
    void whoRegisteredBeforeSignsInReadsAndChangesAfter() throws Exception {
        String former;
        try (var service = start("--users.master-key=" + first)) {
            // the topic is everybody's: not to be taken for a user of other tests
            try (Connection owner = database.connectAsOwner();
                    Statement statement = owner.createStatement()) {
                statement.execute("alter sequence user_id_seq restart with 7000000");
            }
            assertThat(post(service, "auth/registration/", REGISTRATION).statusCode())
                    .isEqualTo(201);
            works(service, "Elm Street");
            former = wrappedUnder(service);
        }
        try (var service = start("--users.master-key=" + second, "--users.previous-master-keys=" + first)) {
            works(service, "Oak Street");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !wrappedUnder(service).equals(former));
            works(service, "Ash Street");
        }
        try (var service = start("--users.master-key=" + second)) {
            works(service, "Fir Street");
        }
        Throwable refused =
                catchThrowable(() -> start("--users.master-key=" + first).close());
        assertThat(SettingFailure.sentence(refused))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("users.master-key is not the key that stored users' keys are wrapped under")
                        .contains("users.previous-master-keys"));
    }

    /** Signs in, reads what is kept encrypted, changes what an earlier event holds, and not twice: the last is known. */
    private void works(ConfigurableApplicationContext service, String address) throws Exception {
        HttpResponse<String> signedIn = post(service, "auth/token/", SIGN_IN);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        String access = JSON.readTree(signedIn.body()).get("access").asString();
        assertThat(send(service, "GET", "auth/sessions", "", access).body()).contains("127.0.0.1");
        HttpResponse<String> changed = patch(service, address, access);
        assertThat(changed.body()).contains("Address successfully changed");
        assertThat(version(patch(service, address, access))).isEqualTo(version(changed));
    }

    private HttpResponse<String> patch(ConfigurableApplicationContext service, String address, String access)
            throws Exception {
        return send(service, "PATCH", "user/", "{\"address\":\"" + address + "\"}", access);
    }

    private static String version(HttpResponse<String> answer) {
        return answer.headers().firstValue("Users-Version").orElseThrow();
    }

    private static String wrappedUnder(ConfigurableApplicationContext service) {
        return Objects.requireNonNull(
                service.getBean(JdbcTemplate.class).queryForObject("select master_key from user_key", String.class));
    }

    private ConfigurableApplicationContext start(String... keys) {
        return SpringApplication.run(
                CommandServiceApplication.class,
                Stream.concat(Arrays.stream(settings), Arrays.stream(keys)).toArray(String[]::new));
    }

    private HttpResponse<String> post(ConfigurableApplicationContext service, String path, String body)
            throws Exception {
        return send(service, "POST", path, body, "");
    }

    private HttpResponse<String> send(
            ConfigurableApplicationContext service, String method, String path, String body, String access)
            throws Exception {
        String origin = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/users/" + path))
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, BodyPublishers.ofString(body));
        if (!access.isEmpty()) {
            request.header("Authorization", "Bearer " + access);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String signingKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
