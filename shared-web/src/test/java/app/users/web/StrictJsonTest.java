package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
class StrictJsonTest {

    private static final String TREE = "/users/auth/token";
    private static final String FIELDS = "/users/auth/registration";

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"code\":000000,} | {\"code\":0}",
                "{\"code\":012345} | {\"code\":12345}",
                "{\"code\":-007} | {\"code\":-7}",
                "{\"code\":00.50} | {\"code\":0.5}",
                "{\"code\":1e05} | {\"code\":100000.0}",
                "{\"a\":[],\"b\":{},} | {\"a\":[],\"b\":{}}",
                "[1,2,] | [1,2]",
                "{\"a\":\"\\ud83d\\ude00 \\\\u0000 é\"} | {\"a\":\"😀 \\\\u0000 é\"}",
            })
    void readsWhatTheContractPrints(String sent, String read) {
        HttpResponse<String> response = client.post(TREE, sent);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":1,,}",
                "{,}",
                "[,]",
                "[1,,]",
                "[,1]",
                ",{}",
                "{},",
                "{\"a\":,}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":0x1f}",
                "{\"a\":0b1}",
                "{\"a\":1_000}",
                "{\"a\":1f}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":1e}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":-NaN}",
                "{\"a\":undefined}",
                "{\"a\":nul}",
                "{\"a\":\"b}",
                "{\"a\":\"tab\tin\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\"=1}",
                "{\"a\";1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1}//",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":" + "9999999999999999999999999999999999999999}",
                "\u00a0{}",
                "\u2028{}",
                "{a:1}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":TRUE}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"\\x41\"}",
                "{/* no */\"a\":1}",
                "# no\n{\"a\":1}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1}]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\\ud800\\u0041\"}"
            })
    void rejectsEveryOtherDeparture(String sent) {
        JsonNode problem = problem(client.post(TREE, sent), 400, "malformed-json");
        assertThat(problem.path("detail").asString()).matches("(?s).*line [12], column [0-9]+: .+");
    }

    @Test
    void saysWhereTheFaultIs() {
        assertThat(problem(client.post(TREE, "{\"a\":1,\n \"b\":x}"), 400, "malformed-json")
                        .path("detail")
                        .asString())
                .startsWith("The body cannot be read at line 2, column ")
                .contains("'x'");
        assertThat(problem(client.post(TREE, "{\"a\":1,\n\"b\":\"\\ud800\"}"), 400, "malformed-json")
                        .path("detail")
                        .asString())
                .isEqualTo("The body cannot be read at line 2, column 6: NUL and unpaired surrogates are no text");
    }

    @ParameterizedTest
    @CsvSource({
        "7b2261223a22c0af227d, an overlong form",
        "7b2261223a22eda080227d, a surrogate in bytes",
        "7b2261223a22ff227d, no UTF-8 at all",
        "7b2261223a22c3, cut short",
        "efbbbf7b7d, a byte order mark",
        "007b007d, UTF-16",
        "7b002200610022003a0031007d00, UTF-16 the other way",
        "0000007b0000007d, UTF-32"
    })
    void rejectsWhatIsNotUtf8(String hex, String why) {
        HttpResponse<String> response = client.post(TREE, HexFormat.of().parseHex(hex), "application/json");
        problem(response, 400, "malformed-json");
    }

    @Test
    void rejectsDeepNesting() {
        assertThat(client.post(TREE, "[".repeat(32) + "]".repeat(32)).statusCode())
                .isEqualTo(200);
        problem(client.post(TREE, "[".repeat(33) + "]".repeat(33)), 400, "malformed-json");
        problem(client.post(TREE, "[".repeat(30_000)), 400, "malformed-json");
        problem(client.post(TREE, "{\"a\":".repeat(33) + "1" + "}".repeat(33)), 400, "malformed-json");
        problem(client.post(TREE, "[".repeat(100_000)), 413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "null"})
    void rejectsABodyThatIsNoObject(String sent) {
        HttpResponse<String> response = client.post(FIELDS, sent);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("app.users");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{\"name\":1} | name | not-text",
                "{\"name\":true} | name | not-text",
                "{\"name\":[\"x\"]} | name | not-text",
                "{\"executor\":\"true\"} | executor | not-boolean",
                "{\"executor\":1} | executor | not-boolean",
                "{\"name\":1.5} | name | not-text",
                "{\"number\":1.5} | number | wrong-type",
                "{\"number\":\"1\"} | number | wrong-type",
            })
    void guessesNoTypes(String sent, String field, String code) {
        JsonNode errors =
                problem(client.post(FIELDS, sent), 400, "invalid-fields").path("errors");
        assertThat(errors.size()).isOne();
        assertThat(errors.path(0).path("field").asString()).isEqualTo(field);
        assertThat(errors.path(0).path("code").asString()).isEqualTo(code);
        assertThat(errors.path(0).path("detail").asString()).isNotBlank();
    }

    @Test
    void answersInUtf8() {
        assertThat(client.post(TREE, "{\"a\":\"Ж\"}".getBytes(StandardCharsets.UTF_8), "application/json")
                        .body())
                .isEqualTo("{\"a\":\"Ж\"}");
    }
}
