package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may not send, at every door: the one that clients use, and each service alone. */
@EachForm
class HostileIT {

    private static final Set<String> VARYING = Set.of("date", "transfer-encoding", "x-request-id");

    private final RunningSystem system;

    HostileIT(Form form, Systems systems) {
        system = systems.get(form);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | GET /nowhere HTTP/1.1\\r\\nHost: x",
                "404 | GET /users//user HTTP/1.1\\r\\nHost: x",
                "404 | GET /users/../users/user HTTP/1.1\\r\\nHost: x",
                "404 | GET /actuator/env HTTP/1.1\\r\\nHost: x",
                "405 | FOO /users/user HTTP/1.1\\r\\nHost: x",
                "405 | PUT /users/user/ HTTP/1.1\\r\\nHost: x",
                "405 | TRACE /users/user/ HTTP/1.1\\r\\nHost: x",
                "400 | GET /users%2fuser HTTP/1.1\\r\\nHost: x",
                "400 | GET /users/user HTTP/1.1",
                "400 | GET /users/user HTTP/1.1\\r\\nHost: x\\r\\nHost: y",
                "400 | GET /users/user HTTP/3.0\\r\\nHost: x",
                "400 | GET /users/user HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2",
                "400 | GET /users/user HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: gzip",
                "400 | GET http://y/users/user HTTP/1.1\\r\\nHost: x",
                "400 | NONSENSE",
            })
    void isRefusedCleanly(int status, String head) throws IOException {
        byte[] request =
                (head.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        for (URI door : system.doors()) {
            Answer answer = new Wire(door).send(request).expect(status);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(status);
            assertThat(answer.headers().map()).doesNotContainKey("server");
        }
    }

    @Test
    void aHeaderThatIsTooLargeIsAProblemAtEveryDoor() throws IOException {
        for (URI door : system.doors()) {
            String request =
                    "GET /users/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
            assertThat(new Wire(door)
                            .send(request.getBytes(StandardCharsets.US_ASCII))
                            .expect(431)
                            .json()
                            .path("type")
                            .asString())
                    .isEqualTo("urn:users:problem:header-too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user/",
                "user",
                "user/executor/",
                "user/executor?limit=3",
                "auth/jwks",
                "auth/sessions/",
                "nowhere/"
            })
    @Says("HEAD answers what GET does, without the body.")
    void headAnswersAsGetDoesWithoutTheBody(String path) throws IOException {
        Person person = Person.next();
        system.client().register(person).expect(201);
        Client user = system.client().signIn(person);
        user.get("user/").expect(200);
        Answer get = read("GET", path, String.valueOf(user.authorization()));
        Answer head = read("HEAD", path, String.valueOf(user.authorization()));
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
        assertThat(headers(head)).isEqualTo(headers(get));
    }

    @ParameterizedTest
    @CsvSource({
        "user/, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "user, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "auth/registration/, 'OPTIONS, POST'",
        "user/executor/, 'GET, HEAD, OPTIONS'"
    })
    @Says("OPTIONS answers 204 to everyone, and `Allow` names the methods.")
    void optionsAreToldToEveryone(String path, String allowed) throws IOException {
        Answer options = read("OPTIONS", path, "none").expect(204);
        assertThat(options.headers().firstValue("Allow")).contains(allowed);
        assertThat(options.body()).isEmpty();
        assertThat(read("PUT", path, "none").expect(405).headers().firstValue("Allow"))
                .contains(allowed);
    }

    @Test
    @Says("A client that accepts no `application/json` gets a 406 before anything is done.")
    @Says("Parameters of `Accept` are ignored.")
    void doesNothingForWhoCannotReadTheAnswer() {
        Guest guest = Guest.of(system);
        new Call(guest.client(), "PATCH", "user/")
                .with("Accept", "text/html")
                .json("{\"surname\":\"Unread\"}")
                .send()
                .expect(406);
        assertThat(guest.profile().text("surname")).isEqualTo(guest.person().surname());
        Answer read = new Call(guest.client(), "GET", "user/")
                .with("Accept", "application/json;charset=utf-16;v=2")
                .send()
                .expect(200);
        assertThat(read.header("Content-Type")).isEqualTo("application/json");
    }

    private Answer read(String method, String path, String authorization) throws IOException {
        String request = method + " /users/" + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + authorization
                + "\r\n\r\n";
        return new Wire(system.doors().getFirst()).send(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** A length that was not known before the body was written is not said. */
    private static Map<String, Object> headers(Answer answer) {
        Map<String, Object> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(VARYING);
        return headers;
    }
}
