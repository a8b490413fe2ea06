package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import app.users.command.aggregate.ConfirmationProperties;
import app.users.command.confirmation.ConfirmationConfiguration;
import app.users.command.credentials.CredentialsConfiguration;
import app.users.command.idempotency.AttemptArgument;
import app.users.command.leaving.LeavingConfiguration;
import app.users.command.profile.ProfileConfiguration;
import app.users.command.registration.RegistrationConfiguration;
import app.users.command.security.SecurityLog;
import app.users.command.throttle.Budget;
import app.users.command.throttle.MessageBudget;
import app.users.command.throttle.WrongPasswords;
import app.users.command.user.CodeRequest;
import app.users.command.user.Field;
import app.users.command.user.FieldResults;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.Precondition;
import app.users.command.user.Reply;
import app.users.command.user.TakenIdentifiers;
import app.users.command.user.UserCommand;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode.Purpose;
import app.users.web.WebConfiguration;
import app.users.web.route.Owner;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
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
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The doors to a user's writes behind the real web layer; what the aggregate answers is given. */
@WebMvcTest(
        properties = {
            "spring.config.name=web",
            "users.token.issuer=http://test/users",
            "users.confirmation.mail-on-registration=true",
            "users.confirmation.key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        })
@ContextConfiguration(classes = UserControllersTest.Slice.class)
class UserControllersTest {

    private static final String REGISTRATION = """
            {"surname":"user1","name":"user1@gmail.com","patronymic":"user1","address":"user1address",
             "email":"user1@gmail.com","number":"+79967348137","password":"user1user1"}""";

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @EnableConfigurationProperties(ConfirmationProperties.class)
    @Import({
        WebConfiguration.class,
        CredentialsConfiguration.class,
        RegistrationConfiguration.class,
        ProfileConfiguration.class,
        ConfirmationConfiguration.class,
        LeavingConfiguration.class
    })
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
        Commands commands(CommandGateway gateway) {
            return new Commands(gateway);
        }

        @Bean
        SecurityLog securityLog(JdbcTemplate jdbc, Clock clock) {
            return new SecurityLog(jdbc, clock);
        }

        @Bean
        WebMvcConfigurer attempts() {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new AttemptArgument());
                }
            };
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @MockitoBean
    private CommandGateway gateway;

    @MockitoBean
    private JdbcTemplate jdbc;

    @MockitoBean
    private WrongPasswords wrongPasswords;

    @MockitoBean
    private Claims claims;

    @MockitoBean("mails")
    private MessageBudget mails;

    @MockitoBean("taken")
    private Budget taken;

    @MockitoBean("registrationsInAll")
    private Budget registrationsInAll;

    private final Budget.Reservation registration = mock(Budget.Reservation.class);

    @MockitoBean("textMessages")
    private MessageBudget textMessages;

    private int textMessagesSent;
    private int mailsSent;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JWKSource<SecurityContext> keys;

    @BeforeEach
    void budget() {
        given(textMessages.within(any(), any())).willAnswer(call -> {
            Function<Runnable, Object> sending = call.getArgument(1);
            return sending.apply(() -> textMessagesSent++);
        });
        given(mails.within(any(), any())).willAnswer(call -> {
            Function<Runnable, ?> sending = call.getArgument(1);
            return sending.apply(() -> mailsSent++);
        });
        given(taken.reserve(any())).willReturn(mock(Budget.Reservation.class));
        given(registrationsInAll.reserve(Budget.WHOLE)).willReturn(registration);
    }

    @Test
    void registrationAnswersTheProfileWithoutThePassword() {
        given(jdbc.queryForObject(anyString(), eq(Long.class))).willReturn(7L);

        assertThat(post("auth/registration/", REGISTRATION))
                .hasStatus(201)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"surname":"user1","name":"user1@gmail.com","patronymic":"user1","address":"user1address",
                         "email":"user1@gmail.com","number":"+79967348137"}""");
        RegisterUser command = sent(RegisterUser.class);
        assertThat(command.id()).isEqualTo("7");
        assertThat(command.passwordHash()).startsWith("$argon2id$").doesNotContain("user1user1");
        then(registration).should().spend();
    }

    @Test
    void registrationAsksForTheConfirmationWhereTheConfigurationWantsIt() {
        given(jdbc.queryForObject(anyString(), eq(Long.class))).willReturn(7L);

        assertThat(mvc.post()
                        .uri("/users/auth/registration/")
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Accept-Language", "ru-RU, en;q=0.5")
                        .content(REGISTRATION)
                        .exchange())
                .hasStatus(201);
        RequestCode confirmation =
                Objects.requireNonNull(sent(RegisterUser.class).confirmation());
        assertThat(confirmation.id()).isEqualTo("7");
        assertThat(confirmation.language()).isEqualTo("ru");
    }

    @Test
    void registrationNamesEveryBadFieldAtOnceAndSendsNoCommand() {
        assertThat(post("auth/registration/", "{\"name\":7,\"email\":\"no email\",\"number\":\"12\",\"x\":1}"))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("x", "surname", "name", "email", "number", "password");
        then(gateway).should(never()).sendAndWait(any());
    }

    @Test
    void aPasswordThatAnybodyWouldGuessIsRefusedWithTheReason() {
        assertThat(post("auth/registration/", REGISTRATION.replace("user1user1", "Password1")))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].code")
                .isEqualTo("common-password");
    }

    @Test
    void aTakenEmailIsAConflictThatNamesTheField() {
        given(jdbc.queryForObject(anyString(), eq(Long.class))).willReturn(7L);
        given(gateway.sendAndWait(any(RegisterUser.class)))
                .willThrow(new TakenIdentifiers(Set.of(Identifier.Kind.EMAIL)));

        assertThat(post("auth/registration/", REGISTRATION))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("email");
    }

    @Test
    void aTakenRegistrationDoesNotCountForTheInstallation() {
        given(jdbc.queryForObject(anyString(), eq(Long.class))).willReturn(7L);
        given(gateway.sendAndWait(any(RegisterUser.class)))
                .willThrow(new TakenIdentifiers(Set.of(Identifier.Kind.EMAIL)));
        Budget.Reservation probe = mock(Budget.Reservation.class);
        given(taken.reserve(any())).willReturn(probe);

        assertThat(post("auth/registration/", REGISTRATION)).hasStatus(409);
        then(registration).should(never()).spend();
        then(probe).should().spend();
    }

    @Test
    void aChangeAnswersTheSentenceOfEachFieldAndTheVersion() {
        success(5, new FieldResults(Set.of(), Map.of(Field.EMAIL, "taken")));

        MvcTestResult answer =
                send(HttpMethod.PATCH, "user/", "{\"surname\":\" New \",\"email\":\"a@b.example\",\"id\":3}", null);
        assertThat(answer).hasStatus(200).hasHeader("Users-Version", "5");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.success")
                .asMap()
                .containsExactly(Map.entry("Surname", "Surname successfully changed"));
        assertThat(answer).bodyJson().extractingPath("$.error").asMap().containsOnlyKeys("Email", "Id");
        assertThat(sent(ChangeProfile.class).texts())
                .isEqualTo(Map.of(Field.SURNAME, "New", Field.EMAIL, "a@b.example"));
        assertThat(sent(ChangeProfile.class).language()).isEqualTo("en");
    }

    @Test
    void aValueOfAnEarlierRuleThatStaysSucceeds() {
        success(1, new FieldResults(Set.of(Field.EMAIL), Map.of()));

        assertThat(send(HttpMethod.PATCH, "user/", "{\"email\":\"a..b@x.org\"}", null))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.success")
                .asMap()
                .containsOnlyKeys("Email");
        assertThat(sent(ChangeProfile.class).invalid()).isEqualTo(Map.of(Field.EMAIL, "a..b@x.org"));
    }

    @Test
    void aRefusedPasswordIsNotSentOn() {
        success(1, new FieldResults(Set.of(), Map.of()));

        assertThat(send(HttpMethod.PATCH, "user/", "{\"password\":\"        \"}", null))
                .hasStatus(400)
                .bodyText()
                .contains("\"code\":\"blank\"");
        assertThat(sent(ChangeProfile.class).invalid()).isEmpty();
    }

    @Test
    void aChangeOfWhichNothingSucceedsIsAProblem() {
        success(1, new FieldResults(Set.of(), Map.of()));

        assertThat(send(HttpMethod.PATCH, "user/", "{\"email\":null}", null))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPath("$.error.Email")
                .extractingPath("$.success")
                .asMap()
                .isEmpty();
    }

    @Test
    void anOldEntityTagIsAFailedPrecondition() {
        refusal(new Refusal<>(Rule.STALE));

        assertThat(send(HttpMethod.PATCH, "user/", "{\"surname\":\"New\"}", "\"3\""))
                .hasStatus(412);
        assertThat(sent(ChangeProfile.class).precondition()).isEqualTo(new Precondition(Set.of("\"3\""), Set.of()));
    }

    @Test
    void erasingNamesTheReceiptAndTellsTheGateway() {
        success(4, Done.DONE);

        MvcTestResult answer = send(HttpMethod.DELETE, "user/", "", null);
        assertThat(answer).hasStatus(200).hasHeader("Users-Erased", "true").hasHeader("Users-Version", "4");
        assertThat(answer)
                .hasHeader(
                        "Location", "/users/erasures/" + sent(EraseUser.class).receipt());
    }

    @Test
    void aReceiptNobodyGaveIsNotFound() {
        assertThat(mvc.get().uri("/users/erasures/unknown").exchange()).hasStatus(404);
    }

    @Test
    void askingForACodeSaysThatItIsOnItsWay() {
        success(2, CodeRequest.SENT);

        assertThat(send(HttpMethod.POST, "verify-email/", "", null))
                .hasStatus(200)
                .hasHeader("Users-Version", "2")
                .bodyJson()
                .isStrictlyEqualTo("{\"detail\":\"A mail with a code is on its way\"}");
        RequestCode command = sent(RequestCode.class);
        assertThat(command.purpose()).isEqualTo(Purpose.EMAIL);
        assertThat(command.language()).isEqualTo("en");
    }

    @Test
    void mailsWithCodesAreWithinTheBudget() {
        success(2, CodeRequest.SENT);
        assertThat(send(HttpMethod.POST, "verify-email/", "", null)).hasStatus(200);
        assertThat(mailsSent).isOne();
        success(2, CodeRequest.ALREADY_CONFIRMED);
        assertThat(send(HttpMethod.POST, "verify-email/", "", null)).hasStatus(200);
        assertThat(mailsSent).isOne();

        // the settings of this test ask for a mail at the registration
        given(jdbc.queryForObject(anyString(), eq(Long.class))).willReturn(7L);
        assertThat(post("auth/registration/", REGISTRATION)).hasStatus(201);
        assertThat(mailsSent).isEqualTo(2);
        then(mails).should(times(3)).within(eq("127.0.0.1"), any());
    }

    @Test
    void askingForACodeForTheNumberSaysThatATextMessageIsOnItsWay() {
        success(2, CodeRequest.SENT);

        assertThat(send(HttpMethod.POST, "verify-number/", "", null))
                .hasStatus(200)
                .hasHeader("Users-Version", "2")
                .bodyJson()
                .isStrictlyEqualTo("{\"detail\":\"A text message with a code is on its way\"}");
        RequestCode command = sent(RequestCode.class);
        assertThat(command.purpose()).isEqualTo(Purpose.NUMBER);
        assertThat(command.id()).isEqualTo("1");
        assertThat(textMessagesSent).isOne();
        then(textMessages).should().within(eq("127.0.0.1"), any());
    }

    @Test
    void aNumberWithoutTextMessagesIsABadRequestAndSpendsNothing() {
        refusal(new Refusal<>(Rule.NO_TEXT_MESSAGES));

        MvcTestResult answer = send(HttpMethod.POST, "verify-number/", "", null);
        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:users:problem:no-text-messages");
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().doesNotContain("problem.");
        assertThat(textMessagesSent).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-email/", "verify-number/"})
    void whatIsConfirmedAlreadyNeedsNoCode(String path) {
        success(2, CodeRequest.ALREADY_CONFIRMED);

        assertThat(send(HttpMethod.POST, path, "", null))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("{\"detail\":\"Already confirmed\"}");
        assertThat(textMessagesSent).isZero();
    }

    @Test
    void theCodeOfTheNumberIsReadLikeThatOfTheEmail() {
        success(3, Done.DONE);

        assertThat(send(HttpMethod.POST, "accept-number/", "{\"code\":000042,}", null))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("{\"detail\":\"Successfully confirmed\"}");
        assertThat(sent(GiveCode.class).use()).isEqualTo(new ConfirmNumber("en"));
        assertThat(sent(GiveCode.class).code()).isEqualTo("000042");
        assertThat(send(HttpMethod.POST, "accept-number/", "{\"code\":1234567}", null))
                .hasStatus(400);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_SOON", "TOO_MANY_CODES", "TOO_MANY_TRIES"})
    void eachLimitHasItsOwnWords(Rule rule) {
        refusal(new Refusal<>(rule, Duration.ofMillis(41_001)));

        MvcTestResult answer = send(HttpMethod.POST, "verify-number/", "", null);
        assertThat(answer).hasStatus(429).hasHeader("Retry-After", "42");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:users:problem:" + rule.code());
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().doesNotContain("problem.");
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_CODE", "NO_CODE", "EXPIRED_CODE", "ALREADY_CONFIRMED"})
    void eachRefusedCodeHasItsOwnWords(Rule rule) {
        refusal(new Refusal<>(rule));

        MvcTestResult answer = send(HttpMethod.POST, "accept-number/", "{\"code\":\"000000\"}", null);
        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:users:problem:" + rule.code());
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().doesNotContain("problem.");
    }

    @Test
    void askingTooOftenSaysWhenToComeBack() {
        refusal(new Refusal<>(Rule.TOO_MANY_CODES, Duration.ofSeconds(42)));

        assertThat(send(HttpMethod.POST, "verify-email/", "", null))
                .hasStatus(429)
                .hasHeader("Retry-After", "42");
    }

    @Test
    void aCodeThatLostItsZerosIsTheSameCode() {
        success(3, Done.DONE);

        assertThat(send(HttpMethod.POST, "accept-email/", "{\"code\":12345,}", null))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("{\"detail\":\"Successfully confirmed\"}");
        assertThat(sent(GiveCode.class).use()).isEqualTo(new ConfirmEmail("en"));
        assertThat(sent(GiveCode.class).code()).isEqualTo("012345");
    }

    @Test
    void aWrongCodeIsABadRequest() {
        refusal(new Refusal<>(Rule.WRONG_CODE));

        assertThat(send(HttpMethod.POST, "accept-email/", "{\"code\":\"000000\"}", null))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void whoIsGoneIsNotLetInAnyMore() {
        refusal(new Refusal<>(Rule.GONE));

        assertThat(send(HttpMethod.POST, "verify-email/", "", null))
                .hasStatus(401)
                .containsHeader("WWW-Authenticate");
    }

    @Test
    void whatCannotBeAnsweredAsAcceptedIsNotDone() {
        var change = mvc.patch().uri("/users/user/").header("Authorization", "Bearer " + token());
        assertThat(change.contentType(MediaType.APPLICATION_JSON)
                        .content("{\"surname\":\"New\"}")
                        .accept(MediaType.IMAGE_PNG)
                        .exchange())
                .hasStatus(406)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        then(gateway).should(never()).sendAndWait(any());
    }

    @Test
    void withoutATokenNothingIsAsked() {
        assertThat(mvc.delete().uri("/users/user/").exchange()).hasStatus(401);
        then(gateway).should(never()).sendAndWait(any());
    }

    private void success(long version, Object answer) {
        given(gateway.sendAndWait(any())).willReturn(new Reply<>(version, new Success<>(answer)));
    }

    private void refusal(Refusal<?> refusal) {
        given(gateway.sendAndWait(any())).willReturn(new Reply<>(9, refusal));
    }

    private <C extends UserCommand> C sent(Class<C> type) {
        ArgumentCaptor<Object> command = ArgumentCaptor.forClass(Object.class);
        then(gateway).should().sendAndWait(command.capture());
        return type.cast(command.getValue());
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/users/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult send(HttpMethod method, String path, String body, @Nullable String ifMatch) {
        var request = mvc.method(method).uri("/users/" + path).header("Authorization", "Bearer " + token());
        if (!body.isEmpty()) {
            request = request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).exchange();
    }

    private String token() {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer("http://test/users")
                .audience(List.of("users"))
                .subject("1")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(600))
                .claim("sid", "00000000-0000-0000-0000-000000000001")
                .claim("epoch", 0L)
                .claim("ver", 1L)
                .build();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").build();
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}
