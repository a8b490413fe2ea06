package app.users.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.events.Profile;
import app.users.query.view.Arrivals;
import app.users.query.view.LastMails;
import app.users.query.view.LastRequest;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import app.users.web.WebConfiguration;
import app.users.web.route.Owner;
import com.mongodb.MongoTimeoutException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The doors to the views behind the real web layer; what MongoDB holds is given. */
@WebMvcTest(
        properties = {
            "spring.config.name=web",
            "users.token.issuer=http://test/users",
            "users.query.wait=10ms",
            "users.executors.fields=email"
        })
@ContextConfiguration(classes = UserControllerTest.Slice.class)
class UserControllerTest {

    private static final String SESSION = "00000000-0000-0000-0000-000000000001";
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final LastRequest REQUEST = new LastRequest(2, THEN, THEN.plusSeconds(600), THEN.plusSeconds(60));

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @Import({WebConfiguration.class, ReadConfiguration.class})
    static class Slice {

        @Bean
        Owner owner() {
            return Owner.QUERY;
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            return new ImmutableJWKSet<>(
                    new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("test").generate()));
        }

        @Bean
        Supplier<Views> served(UserViews users, LastMails mails) {
            Views views = new Views(users, mails, new Arrivals());
            return () -> views;
        }
    }

    @MockitoBean
    private UserViews views;

    @MockitoBean
    private LastMails mails;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JWKSource<SecurityContext> keys;

    @Test
    void theProfileIsShownWithAllItsFieldsAndItsEntityTag() {
        stored(view(3, 2, List.of(), false));

        MvcTestResult answer = get("user/");
        assertThat(answer)
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"")
                .hasHeader("Users-Version", "3")
                .hasHeader("Cache-Control", "no-store")
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"id":1,"surname":"S","name":"N","patronymic":"","address":"A","email":"a@b.example",
                         "number":"+79967348137","confirmed_email":true,"confirmed_number":false,"executor":true,
                         "created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-01-01T00:00:00.000Z"}""");
    }

    @Test
    void aViewThatStaysBehindIsShownWithAWarning() {
        stored(view(3, 2, List.of(), false));

        assertThat(get("user/", "Users-Min-Version", "4"))
                .hasStatus(200)
                .hasHeader("Warning", "110 - \"Response is stale\"");
    }

    @Test
    void aUserWhoIsNotThereYetIsToBeAskedForAgain() {
        given(views.find(anyLong())).willReturn(Optional.empty());

        assertThat(get("user/")).hasStatus(503).hasHeader("Retry-After", "1");
    }

    @Test
    void anErasedUserIsNotLetIn() {
        stored(view(3, 3, List.of(), true));

        assertThat(get("user/")).hasStatus(401).containsHeader("WWW-Authenticate");
    }

    @Test
    void anEndedSessionIsNotLetInThoughItsTokenIsGood() {
        stored(view(3, 2, List.of(SESSION), false));

        assertThat(get("user/")).hasStatus(401);
        assertThat(get("user/executor/")).hasStatus(401);
    }

    @Test
    void theListShowsOnlyWhatIsNeededAndWhatTheConfigurationNames() {
        stored(view(3, 2, List.of(), false));
        given(views.executors(0, 101)).willReturn(List.of(view(3, 2, List.of(), false)));

        MvcTestResult answer = get("user/executor/");
        assertThat(answer)
                .hasStatus(200)
                .doesNotContainHeader("Link")
                .bodyJson()
                .isStrictlyEqualTo("""
                        [{"id":1,"surname":"S","name":"N","patronymic":"","email":"a@b.example",
                          "confirmed_email":true,"confirmed_number":false}]""");
    }

    @Test
    void aFullPageNamesTheNextOne() {
        UserView view = view(3, 2, List.of(), false);
        stored(view);
        given(views.executors(5, 2)).willReturn(List.of(view, view));

        MvcTestResult answer = get("user/executor/?limit=1&after=5");
        assertThat(answer).hasHeader("Link", "</users/user/executor/?limit=1&after=1>; rel=\"next\"");
        assertThat(answer).bodyJson().extractingPath("$").asArray().hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=many",
                "limit=1&limit=2",
                "limit=0x10",
                "limit=1.5",
                "after=-1",
                "after=x",
                "after=9999999999999999999"
            })
    void aBadParameterIsNamedAndNothingIsRead(String query) {
        stored(view(3, 2, List.of(), false));

        assertThat(get("user/executor/?" + query))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(query.substring(0, query.indexOf('=')));
        then(views).should(never()).executors(anyLong(), anyInt());
    }

    @Test
    void anOutageOfMongoIsA503() {
        given(views.find(anyLong())).willThrow(new MongoTimeoutException("host 10.0.0.1"));

        MvcTestResult answer = get("user/");
        assertThat(answer).hasStatus(503).hasHeader("Retry-After", "5");
        assertThat(answer).bodyText().doesNotContain("10.0.0.1");
    }

    @Test
    void withoutARequestThereIsNoMail() {
        stored(view(3, 2, List.of(), false));

        assertThat(get("verify-number/"))
                .hasStatus(200)
                .hasHeader("Users-Version", "3")
                .hasHeader("Cache-Control", "no-store")
                .bodyJson()
                .isStrictlyEqualTo("{\"state\":\"none\",\"confirmed\":false}");
    }

    @Test
    void aRequestWhoseMailNothingIsKnownOfIsQueued() {
        stored(view(3, 2, List.of(), false, REQUEST));
        given(mails.find(1, Kind.NUMBER)).willReturn(Optional.of(mail(1, State.SENT, null)));

        assertThat(get("verify-number/")).bodyJson().isStrictlyEqualTo("""
                {"state":"queued","at":"2026-01-01T00:00:00.000Z","next_at":"2026-01-01T00:01:00.000Z",
                 "expires_at":"2026-01-01T00:10:00.000Z","confirmed":false}""");
    }

    @Test
    void theStateOfTheMailIsThatOfTheLastRequest() {
        stored(view(3, 2, List.of(), false, REQUEST));
        given(mails.find(1, Kind.NUMBER)).willReturn(Optional.of(mail(2, State.DEFERRED, "unreachable")));

        assertThat(get("verify-number/")).bodyJson().isStrictlyEqualTo("""
                {"state":"deferred","at":"2026-01-01T00:00:09.000Z","next_at":"2026-01-01T00:01:00.000Z",
                 "expires_at":"2026-01-01T00:10:00.000Z","confirmed":false,"reason":"unreachable"}""");
    }

    @Test
    void theStateOfAMailIsNotShownToAnEndedSession() {
        stored(view(3, 2, List.of(SESSION), false, REQUEST));

        assertThat(get("verify-number/")).hasStatus(401);
        assertThat(get("verify-email/")).hasStatus(401);
    }

    @Test
    void aConfirmedAddressHasNothingToWaitFor() {
        stored(view(3, 2, List.of(), false));

        assertThat(get("verify-email/", "Users-Min-Version", "4"))
                .hasStatus(200)
                .hasHeader("Warning", "110 - \"Response is stale\"")
                .bodyJson()
                .isStrictlyEqualTo("{\"state\":\"none\",\"confirmed\":true}");
    }

    private static MailState mail(long version, State state, @Nullable String reason) {
        return new MailState(1, version, "event", Kind.NUMBER, state, THEN.plusSeconds(9), reason);
    }

    private void stored(UserView view) {
        given(views.find(1L)).willReturn(Optional.of(view));
    }

    private static UserView view(long version, long shown, List<String> ended, boolean erased) {
        return view(version, shown, ended, erased, null);
    }

    private static UserView view(
            long version, long shown, List<String> ended, boolean erased, @Nullable LastRequest numberRequest) {
        return new UserView(
                1,
                version,
                shown,
                new Profile("S", "N", "", "A", "a@b.example", "+79967348137", true, false, true),
                THEN,
                THEN,
                0,
                null,
                ended,
                0,
                null,
                numberRequest,
                erased,
                null);
    }

    private MvcTestResult get(String path) {
        return get(path, "Accept", "application/json");
    }

    private MvcTestResult get(String path, String header, String value) {
        return mvc.get()
                .uri("/users/" + path)
                .header("Authorization", "Bearer " + token())
                .header(header, value)
                .exchange();
    }

    private String token() {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("http://test/users")
                .audience(List.of("users"))
                .subject("1")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600))
                .claim("sid", SESSION)
                .claim("epoch", 0L)
                .claim("ver", 1L)
                .build();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").build();
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}
