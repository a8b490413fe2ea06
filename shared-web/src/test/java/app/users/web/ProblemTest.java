package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class ProblemTest {

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    private HttpResponse<String> fail(String how, String... headers) {
        return client.send("POST", "/users/auth/token/refresh/?how=" + how, headers);
    }

    @Test
    void namesEveryFieldAndKeepsFurtherMembers() {
        JsonNode problem = problem(fail("fields"), 400, "invalid-fields");
        assertThat(problem.path("errors").toString())
                .isEqualTo(
                        "[{\"field\":\"name\",\"code\":\"required\",\"detail\":\"is required\"},"
                                + "{\"field\":\"surname\",\"code\":\"too-long\",\"detail\":\"may have at most 150 characters\"}]");
        assertThat(problem.path("success").isObject()).isTrue();
        assertThat(problem.path("instance").asString()).isEqualTo("/users/auth/token/refresh/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru | Неправильные поля",
                "ru-RU,ru;q=0.9,en;q=0.8 | Неправильные поля",
                "de, ru;q=0.5 | Неправильные поля",
                "en-GB,ru;q=0.9 | Invalid fields",
                "de | Invalid fields",
                "* | Invalid fields",
                "!!! | Invalid fields"
            })
    void speaksTheLanguageThatIsAskedFor(String accepted, String title) {
        JsonNode problem = problem(fail("fields", "Accept-Language", accepted), 400, "invalid-fields");
        assertThat(problem.path("title").asString()).isEqualTo(title);
    }

    @Test
    void filtersSpeakThatLanguageToo() {
        JsonNode missing = problem(client.send("GET", "/nowhere", "Accept-Language", "de, ru;q=0.5"), 404, "not-found");
        assertThat(missing.path("title").asString()).isEqualTo("Не найдено");
        JsonNode refused = problem(client.send("GET", "/users/user", "Accept-Language", "ru"), 401, "no-token");
        assertThat(refused.path("title").asString()).isEqualTo("Нет токена доступа");
    }

    @Test
    void roundsTheWaitUp() {
        HttpResponse<String> response = fail("later");
        problem(response, 429, "too-many-tries");
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void tellsNothingOfADefect() {
        HttpResponse<String> response = fail("defect");
        problem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "Defect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage", "pool"})
    void anOutageAsksToComeBack(String how) {
        HttpResponse<String> response = fail(how);
        problem(response, 503, "outage");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void findsTheRejectionThatABusHasWrapped() {
        problem(fail("wrapped"), 409, "taken");
    }

    @Test
    void namesParametersThatAreMissingOrWrong() {
        JsonNode missing = problem(client.send("POST", "/users/auth/token/refresh"), 400, "invalid-fields");
        assertThat(missing.path("errors").path(0).path("field").asString()).isEqualTo("how");
        String token = "Bearer " + TestTokens.good();
        JsonNode wrong = problem(
                client.send("GET", "/users/user/executor?limit=many", "Authorization", token), 400, "invalid-fields");
        assertThat(wrong.path("errors").path(0).path("code").asString()).isEqualTo("wrong-type");
    }

    @Test
    void aQueryThatCannotBeReadIsTheClients() {
        String token = "Bearer " + TestTokens.good();
        problem(client.send("GET", "/users/user/executor?&&==", "Authorization", token), 400, "bad-request");
    }

    @Test
    void problemsNeedNoAcceptance() {
        String token = "Bearer " + TestTokens.good();
        problem(
                client.send("GET", "/users/user", "Authorization", token, "Accept", "text/html"),
                406,
                "not-acceptable");
    }
}
