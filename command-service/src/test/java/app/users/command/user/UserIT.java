package app.users.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.idempotency.Answers;
import app.users.command.security.SecurityLog;
import app.users.command.store.KeyedHash;
import app.users.command.store.UserKeys;
import app.users.command.token.Credentials;
import app.users.command.token.EndAllSessions;
import app.users.command.token.EndSession;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestEmailConfirmation;
import app.users.command.user.UserCommand.RequestNumberConfirmation;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Password;
import app.users.events.Change;
import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import app.users.settings.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The aggregate's rules: given what happened, when a command comes, expect events or a refusal. */
@SuppressWarnings("NullAway.Init") // set before each test
class UserIT {

    private static final String SESSION = "00000000-0000-0000-0000-000000000001";
    private static final Password PASSWORD = new Password("correct horse");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UserRegistered REGISTERED =
            new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+79967348137", true);
    private static final EmailConfirmationRequested REQUESTED =
            new EmailConfirmationRequested(1, "r", "e@x.io", "N", "en", NOW.plusSeconds(600), NOW.plusSeconds(60));

    private static final NumberConfirmationRequested NUMBER_REQUESTED = new NumberConfirmationRequested(
            1, "r", "+79967348137", "N", "en", NOW.plusSeconds(600), NOW.plusSeconds(60));
    private static final ConfirmationProperties CONFIRMATION = new ConfirmationProperties(
            Duration.ofMinutes(10),
            5,
            Duration.ofSeconds(60),
            10,
            20,
            false,
            Key.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));

    private static JdbcTemplate jdbc;

    private final ConfirmationCode codes = new ConfirmationCode(new byte[32]);
    private FixtureConfiguration<User> user;
    private Claims claims;
    private Tally tally;

    @BeforeAll
    static void database() {
        var source = CommandDatabase.migrated();
        jdbc = new JdbcTemplate(source);
    }

    @BeforeEach
    void fixture() {
        for (String table : new String[] {"claim", "credential", "session", "user_key", "tally"}) {
            jdbc.update("delete from " + table);
        }
        KeyedHash hash = new KeyedHash(new byte[32]);
        UserKeys keys = new UserKeys(jdbc, new byte[32]);
        Credentials credentials = new Credentials(jdbc, new SecurityLog(jdbc, Clock.systemUTC()));
        claims = new JdbcClaims(jdbc, hash);
        credentials.create(1, "stored hash");
        tally = new Tally(jdbc, hash, Clock.systemUTC());
        user = new AggregateTestFixture<>(User.class)
                .registerInjectableResource(claims)
                .registerInjectableResource(keys)
                .registerInjectableResource(credentials)
                .registerInjectableResource(new Confirmations(tally, codes, CONFIRMATION))
                .registerInjectableResource(new Notices(tally, new NoticeProperties(2)))
                .registerInjectableResource(
                        new Erasure(jdbc, keys, claims, credentials, new Answers(jdbc, keys, Clock.systemUTC())));
    }

    @Nested
    class RegisterUserRules {

        private final RegisterUser command =
                new RegisterUser("2", "S", "N", "P", "A", "e@x.io", "+79967348137", "hash", true, null);
        private final UserRegistered registered =
                new UserRegistered(2, "S", "N", "P", "A", "e@x.io", "+79967348137", true);

        @Test
        void registers() {
            user.givenNoPriorActivity().when(command).expectEvents(registered);
        }

        @Test
        void asksForTheConfirmationOfTheEmailInOne() {
            user.givenNoPriorActivity()
                    .when(confirming())
                    .expectEvents(
                            registered,
                            new EmailConfirmationRequested(
                                    2, "r", "e@x.io", "N", "ru", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @Test
        void registersWithoutAMailWhenTheAddressHasHadEnough() {
            new Confirmations(tally, codes, CONFIRMATION).ask(Purpose.EMAIL, 7, "e@x.io", NOW.minusSeconds(5));
            user.givenNoPriorActivity().when(confirming()).expectEvents(registered);
        }

        private RegisterUser confirming() {
            return new RegisterUser(
                    "2",
                    "S",
                    "N",
                    "P",
                    "A",
                    "e@x.io",
                    "+79967348137",
                    "hash",
                    true,
                    new RequestEmailConfirmation("2", "r", "ru", NOW));
        }

        @Test
        void rejectsRegistrationOfClaimedEmail() {
            claims.take(Claims.Kind.EMAIL, "e@x.io", 3);
            user.givenNoPriorActivity().when(command).expectException(TakenClaims.class);
        }
    }

    @Nested
    class ChangeProfileRules {

        @Test
        void saysWhatWasBeforeAndIsNow() {
            user.given(REGISTERED)
                    .when(change("S2", null))
                    .expectEvents(new ProfileChanged(1, new Change("S", "S2"), null, null, null));
        }

        @Test
        void nothingChangedIsSuccessWithoutEvent() {
            user.given(REGISTERED).when(change("S", "e@x.io")).expectNoEvents();
        }

        @Test
        void aChangeOfCaseKeepsTheEmailConfirmed() {
            user.given(
                            REGISTERED,
                            REQUESTED,
                            new EmailConfirmed(1, "r", "e@x.io"),
                            new EmailChanged(1, "e@x.io", "E@x.io", true))
                    .when(new RequestEmailConfirmation("1", "r2", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.AlreadyConfirmed(4));
        }

        @Test
        void aTakenEmailLeavesTheOtherFieldsAlone() {
            claims.take(Claims.Kind.EMAIL, "taken@x.io", 2);
            user.given(REGISTERED)
                    .when(change("S2", "taken@x.io"))
                    .expectEvents(new ProfileChanged(1, new Change("S", "S2"), null, null, null));
        }

        @Test
        void theSameNameInAnotherFormOfUnicodeChangesNothing() {
            user.given(new UserRegistered(1, "Ame\u0301lie", "N", "P", "A", "e@x.io", "+79967348137", true))
                    .when(change("Am\u00E9lie", null))
                    .expectNoEvents();
        }

        @Test
        void aNewSpellingOfTheDomainIsNoNewEmail() {
            claims.take(Claims.Kind.EMAIL, "e@xn--e1afmkfd.xn--p1ai", 1);
            user.given(
                            new UserRegistered(1, "S", "N", "P", "A", "e@пример.рф", "+79967348137", true),
                            new EmailConfirmed(1, "r", "e@пример.рф"))
                    .when(change(null, "e@xn--e1afmkfd.xn--p1ai"))
                    .expectEvents(new EmailChanged(1, "e@пример.рф", "e@xn--e1afmkfd.xn--p1ai", true));
            assertThat(claims.take(Claims.Kind.EMAIL, "e@xn--e1afmkfd.xn--p1ai", 2))
                    .isFalse();
        }

        @Test
        void aDomainThatDiffersInMoreThanSpellingIsANewEmail() {
            user.given(
                            new UserRegistered(1, "S", "N", "P", "A", "e@ıx.example", "+79967348137", true),
                            new EmailConfirmed(1, "r", "e@ıx.example"),
                            new EmailChanged(1, "e@ıx.example", "e@ix.example", false))
                    .when(new RequestEmailConfirmation("1", "r2", "en", NOW))
                    .expectEvents(new EmailConfirmationRequested(
                            1, "r2", "e@ix.example", "N", "en", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @Test
        void theMailGoesToTheDomainInAscii() {
            user.given(new UserRegistered(1, "S", "N", "P", "A", "E@Пример.рф", "+79967348137", true))
                    .when(new RequestEmailConfirmation("1", "r", "en", NOW))
                    .expectEvents(new EmailConfirmationRequested(
                            1, "r", "E@xn--e1afmkfd.xn--p1ai", "N", "en", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"Storedname", "STOREDNAME", "stored@x.io", "+79967348137", "79967348137", "1 Main Street"})
        void aPasswordRepeatsNothingOfTheStoredProfile(String password) {
            user.given(new UserRegistered(
                            1, "Storedname", "N", "", "1 Main Street", "stored@x.io", "+79967348137", true))
                    .when(withPassword("Other", new NewPassword(0, new Password(password), "new hash", SESSION)))
                    .expectEvents(new ProfileChanged(1, new Change("Storedname", "Other"), null, null, null))
                    .expectResultMessagePayload(
                            new Outcome.Changed(2, List.of(), Map.of("password", "own-data-password")));
            assertThat(jdbc.queryForObject("select password_hash from credential", String.class))
                    .isEqualTo("stored hash");
        }

        @Test
        void whatTodaysRuleRefusesSucceedsWhereItIsStored() {
            Map<Field, String> refused =
                    new EnumMap<>(Map.of(Field.SURNAME, "A\u3164B", Field.EMAIL, "a..b@x.io", Field.NUMBER, "+4913"));
            user.given(new UserRegistered(1, "A\u3164B", "N", "P", "A", "a..b@x.io", "+4912", true))
                    .when(new ChangeProfile(
                            "1", null, null, null, null, null, null, null, null, refused, Precondition.NONE, "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Changed(1, List.of("surname", "email"), Map.of()));
        }

        private ChangeProfile withPassword(String surname, NewPassword password) {
            return new ChangeProfile(
                    "1", surname, null, null, null, null, null, password, null, Map.of(), Precondition.NONE, "en", NOW);
        }

        private ChangeProfile change(@Nullable String surname, @Nullable String email) {
            return new ChangeProfile(
                    "1", surname, null, null, null, email, null, null, null, Map.of(), Precondition.NONE, "en", NOW);
        }
    }

    @Nested
    class NoticeRules {

        @Test
        void oneNoticeTellsOfAllChangesAtTheFormerAddressByTheFormerName() {
            user.given(REGISTERED)
                    .when(change("N2", "new@x.io", "+79967348130", new NewPassword(0, PASSWORD, "new hash", SESSION)))
                    .expectEvents(
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "new@x.io", false),
                            new NumberChanged(1, "+79967348137", "+79967348130"),
                            new PasswordChanged(1, 1, SESSION),
                            new NoticeRequested(1, List.of("email", "number", "password"), "e@x.io", "N", "ru"));
        }

        @Test
        void aChangeOfCaseOrNameNeedsNoNotice() {
            user.given(REGISTERED)
                    .when(change("N2", "E@x.io", null, null))
                    .expectEvents(
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "E@x.io", true));
        }

        @Test
        void whatWasRefusedNeedsNoNotice() {
            claims.take(Claims.Kind.EMAIL, "taken@x.io", 2);
            user.given(REGISTERED)
                    .when(change(null, "taken@x.io", null, new NewPassword(-1, PASSWORD, "new hash", SESSION)))
                    .expectNoEvents();
        }

        @Test
        void aMailboxGetsOnlySoManyADay() {
            Notices earlier = new Notices(tally, new NoticeProperties(2));
            earlier.count("e@x.io", NOW.minusSeconds(2));
            earlier.count("e@x.io", NOW.minusSeconds(1));
            user.given(REGISTERED)
                    .when(change(null, null, "+79967348130", null))
                    .expectEvents(new NumberChanged(1, "+79967348137", "+79967348130"));
        }

        private ChangeProfile change(
                @Nullable String name,
                @Nullable String email,
                @Nullable String number,
                @Nullable NewPassword password) {
            return new ChangeProfile(
                    "1", null, name, null, null, email, number, password, null, Map.of(), Precondition.NONE, "ru", NOW);
        }
    }

    @Nested
    class ResetPasswordRules {

        private static final UserRegistered STORED =
                new UserRegistered(1, "Storedname", "N", "", "A", "e@пример.рф", "+79967348137", true);
        private static final PasswordResetRequested ASKED =
                new PasswordResetRequested(1, "r", "e@xn--e1afmkfd.xn--p1ai", "N", "en", NOW.plusSeconds(600));

        private final String code = codes.derive(Purpose.PASSWORD, 1, "e@xn--e1afmkfd.xn--p1ai", "r");

        @Test
        void theCodeThatWasMailedResets() {
            user.given(STORED, ASKED)
                    .when(reset(code, "correct horse"))
                    .expectEvents(
                            new PasswordChanged(1, 1, null),
                            new NoticeRequested(1, List.of("password"), "e@xn--e1afmkfd.xn--p1ai", "N", "en"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"storedname", "79967348137", "e@xn--e1afmkfd.xn--p1ai"})
        void ownDataIsRefusedAndTheCodeStaysGood(String password) {
            user.given(STORED, ASKED)
                    .when(reset(code, password))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(2, "own-data-password"));
            assertThat(jdbc.queryForObject("select count(*) from tally", Long.class))
                    .isZero();
        }

        /** Else the answer would tell a stranger what the profile holds. */
        @Test
        void withoutTheCodeNothingIsComparedWithTheProfile() {
            String wrong = code.equals("000000") ? "000001" : "000000";
            user.given(STORED, ASKED)
                    .when(reset(wrong, "storedname"))
                    .expectEvents(new PasswordResetFailed(1, "r"))
                    .expectResultMessagePayload(new Outcome.Refused(3, "wrong-code"));
        }

        private static ResetPassword reset(String code, String password) {
            return new ResetPassword("1", code, new Password(password), "new hash", "en", NOW);
        }
    }

    @Nested
    class ConfirmEmailRules {

        @Test
        void theRightCodeConfirms() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED)
                    .when(new ConfirmEmail("1", code, NOW))
                    .expectEvents(new EmailConfirmed(1, "r", "e@x.io"));
        }

        @Test
        void aWrongCodeIsRecordedAndRefused() {
            String right = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            String wrong = right.equals("000000") ? "000001" : "000000";
            user.given(REGISTERED, REQUESTED)
                    .when(new ConfirmEmail("1", wrong, NOW))
                    .expectEvents(new EmailConfirmationFailed(1, "r"))
                    .expectResultMessagePayload(new Outcome.Refused(3, "wrong-code"));
        }

        @Test
        void nothingConfirmsAnAddressThatHasChangedSince() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "f@x.io", false))
                    .when(new ConfirmEmail("1", code, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(3, "no-code"));
        }

        @Test
        void aCodeOutlivesAChangeOfCase() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "E@x.io", true))
                    .when(new ConfirmEmail("1", code, NOW))
                    .expectEvents(new EmailConfirmed(1, "r", "E@x.io"));
        }

        @Test
        void aCodeOfAnEarlierRequestIsWorthNothing() {
            var second = new EmailConfirmationRequested(1, "r2", "e@x.io", "N", "en", NOW.plusSeconds(600), NOW);
            user.given(REGISTERED, REQUESTED, second)
                    .when(new ConfirmEmail("1", codes.derive(Purpose.EMAIL, 1, "e@x.io", "r"), NOW))
                    .expectEvents(new EmailConfirmationFailed(1, "r2"));
        }

        @Test
        void anExpiredCodeConfirmsNothing() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED)
                    .when(new ConfirmEmail("1", code, NOW.plusSeconds(600)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(2, "expired-code"));
        }

        @Test
        void afterFiveFailuresTheCodeIsDead() {
            var failed = new EmailConfirmationFailed(1, "r");
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, failed, failed, failed, failed, failed)
                    .when(new ConfirmEmail("1", code, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(7, "no-code"));
        }
    }

    @Nested
    class ConfirmNumberRules {

        private final String right = codes.derive(Purpose.NUMBER, 1, "+79967348137", "r");
        private final String wrong = right.equals("000000") ? "000001" : "000000";

        @Test
        void aCodeIsAskedForInTheLanguageOfTheRequest() {
            user.given(REGISTERED)
                    .when(new RequestNumberConfirmation("1", "r", "ru", NOW))
                    .expectEvents(new NumberConfirmationRequested(
                            1, "r", "+79967348137", "N", "ru", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @Test
        void theRightCodeConfirms() {
            user.given(REGISTERED, NUMBER_REQUESTED)
                    .when(new ConfirmNumber("1", right, NOW))
                    .expectEvents(new NumberConfirmed(1, "r", "+79967348137"));
        }

        @Test
        void aWrongCodeIsRecordedAndRefused() {
            user.given(REGISTERED, NUMBER_REQUESTED)
                    .when(new ConfirmNumber("1", wrong, NOW))
                    .expectEvents(new NumberConfirmationFailed(1, "r"))
                    .expectResultMessagePayload(new Outcome.Refused(3, "wrong-code"));
        }

        @Test
        void theCodeOfTheEmailIsWorthNothingForTheNumber() {
            user.given(REGISTERED, REQUESTED, NUMBER_REQUESTED)
                    .when(new ConfirmNumber("1", codes.derive(Purpose.EMAIL, 1, "e@x.io", "r"), NOW))
                    .expectEvents(new NumberConfirmationFailed(1, "r"));
        }

        @Test
        void aChangedNumberIsUnconfirmedAndItsCodeDead() {
            var changed = new NumberChanged(1, "+79967348137", "+79967348130");
            user.given(REGISTERED, NUMBER_REQUESTED, changed)
                    .when(new ConfirmNumber("1", right, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(3, "no-code"));
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"), changed)
                    .when(new RequestNumberConfirmation("1", "r2", "en", NOW))
                    .expectResultMessagePayload(new Outcome.Done(5));
        }

        @Test
        void aConfirmedNumberNeedsNoCode() {
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"))
                    .when(new RequestNumberConfirmation("1", "r2", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.AlreadyConfirmed(3));
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"))
                    .when(new ConfirmNumber("1", right, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(3, "already-confirmed"));
        }
    }

    @Nested
    class SessionRules {

        @Test
        void endsAllSessionsInTheNextEpoch() {
            user.given(REGISTERED, new PasswordChanged(1, 4, "kept"))
                    .when(new EndAllSessions("1"))
                    .expectEvents(new SessionsEnded(1, 5, null))
                    .expectResultMessagePayload(3L);
        }

        @Test
        void aSessionThatIsOverEndsNoSecondTime() {
            user.given(REGISTERED)
                    .when(new EndSession("1", "00000000-0000-0000-0000-000000000001", Reason.SIGNED_OUT))
                    .expectNoEvents();
        }
    }

    @Nested
    class EraseUserRules {

        @Test
        void erasureFreesTheClaims() {
            claims.take(Claims.Kind.EMAIL, "e@x.io", 1);
            user.given(REGISTERED)
                    .when(new EraseUser("1", "receipt-" + System.nanoTime(), NOW, Precondition.NONE))
                    .expectEvents(new UserErased(1));
            assertThat(claims.take(Claims.Kind.EMAIL, "e@x.io", 2)).isTrue();
        }

        @Test
        void afterErasureNothingHappens() {
            user.given(REGISTERED, new UserErased(1))
                    .when(new RequestEmailConfirmation("1", "r", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Gone());
        }
    }
}
