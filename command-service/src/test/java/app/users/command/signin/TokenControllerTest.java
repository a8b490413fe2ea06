package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.keys.WrappedKey;
import app.users.command.security.SecurityLog;
import app.users.command.signin.Sessions.Grant;
import app.users.command.signin.Sessions.Lifetime;
import app.users.command.signin.SignInLookup.Account;
import app.users.command.signin.SignInLookup.Known;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.web.WebConfiguration;
import app.users.web.route.Owner;
import app.users.web.token.TokenProperties;
import app.users.web.token.TokenType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The doors to sign-in behind the real web layer; what the database answers is given. */
@WebMvcTest(properties = {"spring.config.name=web", "users.token.issuer=http://test/users"})
@ContextConfiguration(classes = TokenControllerTest.Slice.class)
class TokenControllerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Passwords PASSWORDS = new Passwords();
    private static final KeyedHash HASH = new KeyedHash(new byte[32]);

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @Import({WebConfiguration.class, TokenController.class})
    static class Slice {

        @Bean
        Owner owner() {
            return Owner.COMMAND;
        }

        @Bean
        ECKey key() throws JOSEException {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        }

        @Bean
        JWKSource<SecurityContext> keys(ECKey key) {
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        AccessTokenIssuer accessTokens(ECKey key, Clock clock, TokenProperties agreed) {
            return new AccessTokenIssuer(key, clock, agreed, TokenType.JWT, Duration.ofMinutes(10));
        }

        @Bean
        Sessions sessions(JdbcTemplate jdbc, Clock clock) {
            return new Sessions(
                    jdbc,
                    HASH,
                    new SecurityLog(jdbc, clock),
                    clock,
                    new Lifetime(Duration.ofDays(30), Duration.ofDays(7)));
        }

        @Bean
        Refreshes refreshes(JdbcTemplate jdbc, Clock clock) {
            return new Refreshes(jdbc, HASH, clock, Duration.ofDays(7), Duration.ofHours(24));
        }

        @Bean
        SignIn signIn(
                SignInLookup lookup,
                JdbcTemplate jdbc,
                Sessions sessions,
                WrongPasswords wrongPasswords,
                KnownAddresses addresses,
                Clock clock) {
            SecurityLog log = new SecurityLog(jdbc, clock);
            UserKeys keys = mock();
            given(keys.seal(anyLong(), any(), any(), any())).willReturn(new byte[0]);
            return new SignIn(
                    lookup,
                    keys,
                    new Credentials(jdbc, log),
                    PASSWORDS,
                    sessions,
                    wrongPasswords,
                    addresses,
                    log,
                    clock);
        }
    }

    @MockitoBean
    private JdbcTemplate jdbc;

    @MockitoBean
    private SignInLookup lookup;

    @MockitoBean
    private CommandGateway gateway;

    /** Lets everybody try. */
    @MockitoBean(answers = Answers.RETURNS_MOCKS)
    private WrongPasswords wrongPasswords;

    @MockitoBean
    private KnownAddresses addresses;

    @Autowired
    private MockMvcTester mvc;

    @Test
    void theRightPasswordIsAnsweredWithTokensAndWhenTheyExpire() {
        known("user1user1");

        MvcTestResult answer = post("token/", "{\"email\":\"User1@gmail.com\",\"password\":\"user1user1\"}");
        assertThat(answer).hasStatus(200).hasHeader("Cache-Control", "no-store");
        assertThat(answer).bodyJson().extractingPath("$.expires_in").isEqualTo(600);
        assertThat(answer).bodyJson().extractingPath("$.expired_at").isEqualTo((int)
                NOW.plusSeconds(600).getEpochSecond());
        assertThat(answer).bodyJson().hasPath("$.access");
        assertThat(answer).bodyJson().extractingPath("$.refresh").isEqualTo("opaque");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() throws Exception {
        isFound(0, PASSWORDS.standIn());
        MvcTestResult unknown = post("token/", "{\"email\":\"user1@gmail.com\",\"password\":\"user1user1\"}");
        known("another password");
        MvcTestResult wrong = post("token/", "{\"email\":\"user1@gmail.com\",\"password\":\"user1user1\"}");

        assertThat(unknown).hasStatus(401);
        assertThat(wrong).hasStatus(401);
        assertThat(wrong.getResponse().getContentAsString())
                .isEqualTo(unknown.getResponse().getContentAsString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"user1user1\"}",
                "{\"email\":\"a@b.example\",\"number\":\"+79967348137\",\"password\":\"user1user1\"}",
                "{\"email\":{\"$gt\":\"\"},\"password\":\"user1user1\"}",
                "{\"email\":\"a@b.example\"}",
                "[]"
            })
    void signingInNeedsOneIdentifierAndAPassword(String body) {
        assertThat(post("token/", body)).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void aRefreshTokenThatIsNotOursIsRefused() {
        assertThat(post("token/refresh", "{\"refresh\":\"made up\"}")).hasStatus(401);
    }

    @Test
    void theKeysAreShownWithoutTheirPrivateHalf() {
        MvcTestResult answer = mvc.get().uri("/users/auth/jwks").exchange();
        assertThat(answer).hasStatus(200).hasHeader("Cache-Control", "max-age=300, public");
        assertThat(answer).bodyJson().extractingPath("$.keys[0].kid").isEqualTo("test");
        assertThat(answer).bodyJson().doesNotHavePath("$.keys[0].d");
    }

    @SuppressWarnings("unchecked")
    private void known(String password) {
        isFound(1, PASSWORDS.hash(Requester.at("127.0.0.1"), password));
        given(jdbc.query(contains("insert into session"), any(RowMapper.class), any(Object[].class)))
                .willReturn(List.of(new Grant(1, 0, 1, new UUID(0, 1), "opaque")));
    }

    private void isFound(long user, String hash) {
        Account account =
                new Account(user, new Credential(hash, 0), new WrappedKey(new byte[0], null), Optional.empty(), true);
        given(lookup.find(any(), any(), any())).willReturn(new Known(new byte[32], account, false));
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/users/auth/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
