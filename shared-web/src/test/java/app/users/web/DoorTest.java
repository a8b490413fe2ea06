package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class DoorTest {

    private static final String REGISTRATION = "/users/auth/registration";

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/users",
                "/users/",
                "/users/nobody",
                "/users/user//",
                "/error",
                "/users/hidden",
                "/actuator/health"
            })
    void unknownPathsAreMissingBeforeAnyTokenIsAskedFor(String path) {
        assertThat(problem(client.send("GET", path), 404, "not-found")
                        .path("instance")
                        .asString())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "TRACE", "BREW"})
    void otherMethodsAreRefusedBeforeAnyTokenIsAskedFor(String method) throws IOException {
        String answer = client.raw(
                method + " /users/user/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .contains("Allow: DELETE, GET, HEAD, OPTIONS, PATCH\r\n")
                .contains("urn:users:problem:method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {REGISTRATION, REGISTRATION + "/"})
    void theLastSlashMakesNoDifference(String path) {
        assertThat(client.post(path, "{\"name\":\"Ann\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void problemsNameThePathAsTheClientWroteIt() {
        assertThat(problem(client.send("GET", "/users/user/"), 401, "no-token")
                        .path("instance")
                        .asString())
                .isEqualTo("/users/user/");
    }

    @Test
    void acceptsBodiesUpTo64KiB() {
        String empty = "{\"name\":\"Ann\"}";
        assertThat(client.post(REGISTRATION, empty + " ".repeat(64 * 1024 - empty.length()))
                        .statusCode())
                .isEqualTo(200);
        problem(client.post(REGISTRATION, empty + " ".repeat(64 * 1024)), 413, "body-too-large");
    }

    @Test
    void boundsBodiesOfUnknownLength() {
        byte[] large = new byte[100_000];
        HttpResponse<String> response = client.send(client.to(REGISTRATION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        problem(response, 413, "body-too-large");
    }

    @Test
    void acceptsBodiesOfUnknownLength() {
        HttpResponse<String> response = client.send(client.to(REGISTRATION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8)))));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void rejectsLongHeadersAndAddresses() {
        problem(client.send("GET", "/users/user", "X-Long", "x".repeat(16 * 1024)), 431, "header-too-large");
        problem(client.send("GET", "/users/user?" + "x".repeat(16 * 1024)), 431, "header-too-large");
        problem(client.send("GET", "/users/user", "X-Long", "x".repeat(15 * 1024)), 401, "no-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/json; charset=ISO-8859-1",
                "application/json; charset=UTF-16",
                "application/vnd.x+json",
                "*/*",
                "nonsense"
            })
    void rejectsOtherMediaTypes(String type) {
        problem(
                client.post(REGISTRATION, "{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8), type),
                415,
                "unsupported-media-type");
    }

    @Test
    void rejectsBodiesWithoutMediaType() {
        problem(
                client.send(client.to(REGISTRATION).POST(BodyPublishers.ofString("{}"))),
                415,
                "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; Charset=\"utf-8\""})
    void acceptsJson(String type) {
        assertThat(client.post(REGISTRATION, "{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8), type)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void namesAMissingBody() {
        problem(client.send("POST", REGISTRATION), 400, "missing-body");
        problem(client.post(REGISTRATION, ""), 400, "missing-body");
    }

    @Test
    void asksForTheTokenBeforeItReadsTheBody() {
        problem(client.send(client.to("/users/user").method("PATCH", BodyPublishers.ofString("{"))), 401, "no-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /users/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /users%2fuser HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /users/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /users/user;a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /users/user HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /users/user HTTP/1.1\r\nHost: x\r\nBad Header: y\r\nConnection: close\r\n\r\n"
            })
    void whatTheConnectorRefusesIsAProblemToo(String request) throws IOException {
        assertThat(client.raw(request))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json")
                .contains("urn:users:problem:bad-request")
                .doesNotContain("<html", "Tomcat", "java");
    }

    /** None may hang, none may be taken for something that it is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FOO /users/auth/token HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user HTTP/1.0\r\n\r\n",
                "GET /users/user HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /users/user HTTP/9\r\nHost: x\r\n\r\n",
                "GET  /users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/./user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/../users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/%2e%2e/users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user/;/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/us%65r HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user%5c HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user\\ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user?a={b} HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://elsewhere.example/users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x/users/user HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /users/user HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /users/user HTTP/1.1\r\nHost: a b\r\n\r\n",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}zz\r\n0\r\n\r\n",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: nonsense\r\n\r\n{}",
                "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{}",
            })
    void whatNoClientOfOursSendsIsAProblem(String request) throws IOException {
        assertThat(client.rawAndNoMore(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
                .matches("(?s)HTTP/1\\.1 4\\d\\d .*")
                .contains("Content-Type: application/problem+json")
                .contains("urn:users:problem:")
                .doesNotContain("<html", "Tomcat", "java", "Exception");
    }

    @Test
    void aBodyIsAskedForOnlyWhenItMayCome() throws IOException {
        String head = "POST /users/auth/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n";
        assertThat(client.raw(head + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 200");
        assertThat(client.raw(head + "Content-Type: application/json\r\nContent-Length: 70000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(client.raw(
                        head.replace("POST /users/auth/token", "PATCH /users/user") + "Content-Length: 2\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void threeMegabytesAreRefusedAtOnceAndTheAnswerIsRead() {
        byte[] blanks = " ".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
        problem(client.post(REGISTRATION, blanks, "application/json"), 413, "body-too-large");
        HttpResponse<String> chunked = client.send(client.to(REGISTRATION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blanks))));
        problem(chunked, 413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "nonsense"})
    void unpacksNothing(String encoding) {
        HttpResponse<String> response = client.send(client.to(REGISTRATION)
                .headers("Content-Type", "application/json", "Content-Encoding", encoding)
                .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}")));
        problem(response, 415, "unsupported-media-type");
        assertThat(response.headers().firstValue("Accept-Encoding")).contains("identity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "*/*;q=0",
                "application/json;q=0",
                "nonsense",
                "text/*, image/png"
            })
    void doesNothingForWhoCannotReadTheAnswer(String accepted) {
        TestService.CHANGES.set(0);
        problem(
                client.send(client.to(REGISTRATION)
                        .headers("Content-Type", "application/json", "Accept", accepted)
                        .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}"))),
                406,
                "not-acceptable");
        assertThat(TestService.CHANGES).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/json", "text/html, */*;q=0.1", ""})
    void answersWhoCanReadJson(String accepted) {
        HttpResponse<String> response = client.send(client.to(REGISTRATION)
                .headers("Content-Type", "application/json", "Accept", accepted)
                .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void aHugeHeaderIsAProblemToo() throws IOException {
        assertThat(client.raw("GET /users/user HTTP/1.1\r\nHost: x\r\nX-Huge: " + "x".repeat(60_000)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .contains("Content-Type: application/problem+json")
                .doesNotContain("<html", "Tomcat", "java");
    }

    @Test
    void onlyTheKeysMayBeCached() {
        assertThat(client.send("GET", "/users/auth/jwks").headers().allValues("Cache-Control"))
                .containsExactly("public, max-age=300");
        assertThat(client.post(REGISTRATION, "{\"name\":\"Ann\"}").headers().allValues("Cache-Control"))
                .containsExactly("no-store");
    }

    @Test
    void opensToNoOtherOrigin() {
        HttpResponse<String> response = client.send("GET", "/users/auth/jwks", "Origin", "http://evil.example");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
