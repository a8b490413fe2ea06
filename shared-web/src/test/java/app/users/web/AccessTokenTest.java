package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class AccessTokenTest {

    private Client client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  ", "Token ", "token ", "tOkEn "})
    void acceptsBothSchemesInAnyCase(String scheme) {
        HttpResponse<String> response = client.send("GET", "/users/user/", "Authorization", scheme + TestTokens.good());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"user\":7,\"session\":\"session\",\"epoch\":2,\"version\":3,\"expires\":\"20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt"})
    void acceptsBothTypesOfAccessTokens(String type) {
        assertThat(client.send("GET", "/users/user", "Authorization", "Bearer " + TestTokens.ofType(type))
                        .statusCode())
                .isEqualTo(200);
    }

    static Stream<Arguments> refused() throws JOSEException {
        Date past = Date.from(Instant.now().minusSeconds(1));
        return Stream.of(
                Arguments.of("unsigned", TestTokens.unsigned()),
                Arguments.of("HMAC with the public key", TestTokens.hs256()),
                Arguments.of("another's key under our key's id", TestTokens.byStranger()),
                Arguments.of("another type", TestTokens.ofType("logout+jwt")),
                Arguments.of("of no type", TestTokens.ofType(null)),
                Arguments.of("another issuer", TestTokens.with(c -> c.issuer("http://evil.example"))),
                Arguments.of("another audience", TestTokens.with(c -> c.audience("others"))),
                Arguments.of("no audience", TestTokens.with(c -> c.audience((String) null))),
                Arguments.of("expired", TestTokens.with(c -> c.expirationTime(past))),
                Arguments.of("never expiring", TestTokens.with(c -> c.expirationTime(null))),
                Arguments.of(
                        "not yet valid",
                        TestTokens.with(
                                c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(60))))),
                Arguments.of("a subject that is no id", TestTokens.with(c -> c.subject("ann"))),
                Arguments.of("no session", TestTokens.with(c -> c.claim("sid", null))),
                Arguments.of("cut short", TestTokens.good().substring(0, 60)),
                Arguments.of("two parts", TestTokens.good() + " " + TestTokens.good()),
                Arguments.of("characters no token has", "abc$"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesATokenThatIs(String what, String token) {
        HttpResponse<String> response = client.send("GET", "/users/user", "Authorization", "Bearer " + token);
        problem(response, 401, "bad-token");
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"users\", error=\"invalid_token\"");
    }

    @Test
    void refusesAnAlteredTokenEvenWhenTheGoodOneIsKnown() {
        String token = TestTokens.good();
        assertThat(client.send("GET", "/users/user", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        char last = token.charAt(token.length() - 10);
        String altered = token.substring(0, token.length() - 10)
                + (last == 'A' ? 'B' : 'A')
                + token.substring(token.length() - 9);
        problem(client.send("GET", "/users/user", "Authorization", "Bearer " + altered), 401, "bad-token");
    }

    @Test
    void challengesWhoeverShowsNone() {
        HttpResponse<String> response = client.send("GET", "/users/user");
        problem(response, 401, "no-token");
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"users\"");
    }

    @Test
    void takesTokensFromTheHeaderOnly() {
        problem(client.send("GET", "/users/user?access_token=" + TestTokens.good()), 401, "no-token");
    }

    @Test
    void refusesTwoTokens() {
        String token = "Bearer " + TestTokens.good();
        problem(client.send("GET", "/users/user", "Authorization", token, "Authorization", token), 401, "bad-token");
    }

    @Test
    void openPathsIgnoreStaleTokens() {
        assertThat(client.send("GET", "/users/auth/jwks", "Authorization", "Bearer stale")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSessionThatIsOverIsChallengedToo() {
        HttpResponse<String> response =
                client.send("PATCH", "/users/user", "Authorization", "Token " + TestTokens.good());
        problem(response, 401, "session-over");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"users\", error=\"invalid_token\"");
    }
}
