package app.users.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Header fields that ordinary clients send: none of them is an error of the server, none changes what is done. */
@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class OddHeadersTest {

    private static final String REGISTRATION = "/users/auth/registration";
    private static final String BODY = "{\"name\":\"Ann\"}";

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    static Stream<String> texts() {
        return Stream.of(
                        "Заказы/2.1",
                        "My App™",
                        "日本語",
                        "\u00e9".repeat(4_000),
                        "a\u0085b\u009f",
                        "😀",
                        "\t",
                        "%s%n${x}")
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textInAnyHeaderIsHarmless(String text) throws IOException {
        for (String name : new String[] {
            "User-Agent",
            "Idempotency-Key",
            "X-Request-Id",
            "traceparent",
            "If-Match",
            "If-None-Match",
            "Accept-Charset",
            "Accept-Language",
            "Referer",
            "Cookie",
            "Origin",
            "X-Anything"
        }) {
            assertThat(client.raw(post(name + ": " + text))).as(name).startsWith("HTTP/1.1 200");
            assertThat(client.raw(read(name + ": " + text))).as(name).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\u00ff\u0080", "\u00c3"})
    void bytesThatAreNoUtf8AreHarmless(String latin1) throws IOException {
        assertThat(client.raw(post("User-Agent: " + latin1))).startsWith("HTTP/1.1 200");
    }

    @Test
    void hundredsOfLanguagesAreHarmless() throws IOException {
        String languages = IntStream.range(0, 676)
                .mapToObj(i -> "%c%c".formatted('a' + i / 26, 'a' + i % 26))
                .filter(language -> !language.equals("en") && !language.equals("ru"))
                .map(language -> language + ";q=0.5")
                .collect(Collectors.joining(","));
        assertThat(client.raw(post("Accept-Language: " + languages))).startsWith("HTTP/1.1 200");
        assertThat(client.raw(post("Accept-Language: " + languages + "\r\nAccept-Language: " + languages)))
                .startsWith("HTTP/1.1 200");
        assertThat(client.raw("GET /users/nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Language: "
                        + "aa,bb,cc,dd,ee,ff,gg,hh,ii,jj,kk,ru\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("Не найдено");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=iso-8859-1",
                "application/json;charset=utf-16",
                "application/json;charset=utf-16le",
                "application/json; charset=utf-32",
                "application/json;charset=windows-1252",
                "application/json;charset=nonsense",
                "application/json;v=2;q=0.3",
                "application/*;charset=utf-16",
                "*/*;charset=utf-16",
                "text/html, application/json;q=0.1"
            })
    void parametersOfAcceptAreIgnored(String accepted) throws IOException {
        for (String request : new String[] {post("Accept: " + accepted), read("Accept: " + accepted)}) {
            assertThat(client.raw(request))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nContent-Type: application/json\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "application/json;q=0, */*",
                "*/*;q=1, application/json;q=0.0",
                "application/*;q=0, */*;q=0.5",
                "text/html;charset=utf-8",
                "application/json;q=high",
                "/"
            })
    void refusesWhatCannotBeAnsweredBeforeItIsDone(String accepted) throws IOException {
        int before = TestService.CHANGES.get();
        assertThat(client.raw(post("Accept: " + accepted))).startsWith("HTTP/1.1 406");
        assertThat(client.raw(read("Accept: " + accepted))).startsWith("HTTP/1.1 406");
        assertThat(TestService.CHANGES).hasValue(before);
    }

    @Test
    void aClientThatReadsProblemsReadsJson() throws IOException {
        assertThat(client.raw(post("Accept: application/problem+json"))).startsWith("HTTP/1.1 200");
        assertThat(client.raw(read("Accept: application/problem+json"))).contains("Content-Type: application/json");
    }

    @Test
    void severalFieldsOfAcceptAreOneList() throws IOException {
        assertThat(client.raw(post("Accept: text/html\r\nAccept: application/json")))
                .startsWith("HTTP/1.1 200");
        assertThat(client.raw(post("Accept: */*\r\nAccept: application/json;q=0")))
                .startsWith("HTTP/1.1 406");
    }

    @ParameterizedTest
    @CsvSource({"GET, /users/user", "POST, /users/nowhere", "PUT, /users/user", "OPTIONS, /users/user"})
    void everyAnswerCarriesAnIdThatTheServerMade(String method, String path) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n";
        assertThat(client.raw(head + "X-Request-Id: order-17.a_b\r\n\r\n"))
                .containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n")
                .doesNotContain("order-17");
        assertThat(client.raw(head + "\r\n")).containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n");
        assertThat(client.raw(head + "X-Request-Id: no t; good\r\n\r\n"))
                .containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE\r\n\r\n", "GET /users/user HTTP/1.1\r\nConnection: close\r\n\r\n"})
    void whatTheConnectorRefusesCarriesOneToo(String request) throws IOException {
        assertThat(client.raw(request)).containsPattern("\r\nX-Request-Id: [0-9a-f-]{36}\r\n");
        assertThat(client.raw(request).toLowerCase(Locale.ROOT)).doesNotContain("\"instance\":null");
    }

    @Test
    void theWholeServerNamesTheMethodsThatSomePathHas() throws IOException {
        assertThat(client.raw("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("\r\nAllow: DELETE, GET, HEAD, OPTIONS, PATCH, POST\r\n");
        assertThat(client.raw("GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void optionsNameTheTypeOfAPatch() {
        assertThat(client.send("OPTIONS", "/users/user").headers().firstValue("Accept-Patch"))
                .contains("application/json");
        assertThat(client.send("OPTIONS", REGISTRATION).headers().map()).doesNotContainKey("accept-patch");
    }

    @Test
    void aReadForWhateverThereIsNotIsUnchanged() throws IOException {
        assertThat(client.raw(read("If-None-Match: *").replace("/users/user ", "/users/openapi ")))
                .startsWith("HTTP/1.1 304");
    }

    private static String post(String header) {
        return "POST " + REGISTRATION
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n" + "Content-Length: "
                + BODY.length() + "\r\n" + header + "\r\n\r\n" + BODY;
    }

    private static String read(String header) {
        return "GET /users/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + TestTokens.good()
                + "\r\n" + header + "\r\n\r\n";
    }
}
