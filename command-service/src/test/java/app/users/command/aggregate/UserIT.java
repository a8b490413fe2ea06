package app.users.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import app.users.command.CommandDatabase;
import app.users.command.credentials.Credentials;
import app.users.command.idempotency.StoredAnswers;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.security.SecurityLog;
import app.users.command.throttle.Limit;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.CodeRequest;
import app.users.command.user.CodeRules;
import app.users.command.user.Field;
import app.users.command.user.FieldResults;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.Precondition;
import app.users.command.user.Reply;
import app.users.command.user.TakenIdentifiers;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.EndAllSessions;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.command.value.Password;
import app.users.command.value.TextMessages;
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
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.modelling.command.Repository;
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
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The aggregate with its tables: given what happened, when a command comes, expect events or a refusal. */
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
            Duration.ofHours(24),
            Key.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));

    private static final NoticeProperties NOTICES = new NoticeProperties(2, Duration.ofDays(7));
    private static final EmailConfirmed CONFIRMED = new EmailConfirmed(1, "r", "e@x.io");

    private static final Map<Field, String> TEXTS = Map.of(
            Field.SURNAME, "S",
            Field.NAME, "N",
            Field.PATRONYMIC, "P",
            Field.ADDRESS, "A",
            Field.EMAIL, "e@x.io",
            Field.NUMBER, "+79967348137");

    private static DataSource source;
    private static JdbcTemplate jdbc;

    private final ConfirmationCode codes = new ConfirmationCode(new byte[32]);
    private FixtureConfiguration<User> user;
    private Claims claims;
    private Tally tally;

    @BeforeAll
    static void database() {
        source = CommandDatabase.migrated();
        jdbc = new JdbcTemplate(source);
    }

    @BeforeEach
    void fixture() {
        for (String table : new String[] {"claim", "credential", "session", "user_key", "tally", "reset_code"}) {
            jdbc.update("delete from " + table);
        }
        KeyedHash hash = new KeyedHash(new byte[32]);
        UserKeys keys = new UserKeys(jdbc, new byte[32]);
        Credentials credentials = new Credentials(jdbc, new SecurityLog(jdbc, Clock.systemUTC()));
        claims = new Claims(jdbc, hash, Clock.systemUTC(), CONFIRMATION.exclusiveFor());
        credentials.create(1, "stored hash");
        tally = new Tally(jdbc, hash, Clock.systemUTC());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        ResetCodes resets = new ResetCodes(jdbc, hash, tally, CONFIRMATION.limits(), transaction, Clock.systemUTC());
        user = new AggregateTestFixture<>(User.class)
                .registerInjectableResource(claims)
                .registerInjectableResource(keys)
                .registerInjectableResource(credentials)
                .registerInjectableResource(new Codes(
                        new CodeRules(codes, CONFIRMATION.limits()),
                        new CodeTally(tally, CONFIRMATION.limits()),
                        resets,
                        claims,
                        new TextMessages(Set.of())))
                .registerInjectableResource(new Notices(tally, claims, NOTICES))
                .registerInjectableResource(new AddressChanges(tally, new Limit(3, Duration.ofHours(1))))
                .registerInjectableResource(mock(Repository.class))
                .registerInjectableResource(new Erasure(
                        jdbc, keys, claims, credentials, resets, new StoredAnswers(jdbc, keys, Clock.systemUTC())));
    }

    private static ChangeProfile changed(
            @Nullable NewPassword password, String language, @Nullable Object... fieldsAndTexts) {
        Map<Field, String> texts = new EnumMap<>(Field.class);
        for (int i = 0; i < fieldsAndTexts.length; i += 2) {
            if (fieldsAndTexts[i] instanceof Field field && fieldsAndTexts[i + 1] instanceof String text) {
                texts.put(field, text);
            }
        }
        return new ChangeProfile("1", texts, password, null, Map.of(), Precondition.NONE, language, "undo", NOW);
    }

    @Nested
    class RegisterUserRules {

        private final RegisterUser command = new RegisterUser("2", TEXTS, true, "hash", null);
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
            new CodeTally(tally, CONFIRMATION.limits())
                    .countSent(
                            new RequestCode("1", Purpose.EMAIL, "r", "en", NOW.minusSeconds(5)),
                            7,
                            Identifier.ofEmail("e@x.io"),
                            false);
            user.givenNoPriorActivity().when(confirming()).expectEvents(registered);
        }

        private RegisterUser confirming() {
            return new RegisterUser("2", TEXTS, true, "hash", new RequestCode("2", Purpose.EMAIL, "r", "ru", NOW));
        }

        @Test
        void rejectsRegistrationOfClaimedEmail() {
            claims.take(Identifier.ofEmail("e@x.io"), 3);
            user.givenNoPriorActivity().when(command).expectException(TakenIdentifiers.class);
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
                    .when(new RequestCode("1", Purpose.EMAIL, "r2", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(4, new Success<>(CodeRequest.ALREADY_CONFIRMED)));
        }

        @Test
        void aTakenEmailLeavesTheOtherFieldsAlone() {
            claims.take(Identifier.ofEmail("taken@x.io"), 2);
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
            claims.take(Identifier.ofEmail("e@xn--e1afmkfd.xn--p1ai"), 1);
            user.given(
                            new UserRegistered(1, "S", "N", "P", "A", "e@пример.рф", "+79967348137", true),
                            new EmailConfirmed(1, "r", "e@пример.рф"))
                    .when(change(null, "e@xn--e1afmkfd.xn--p1ai"))
                    .expectEvents(new EmailChanged(1, "e@пример.рф", "e@xn--e1afmkfd.xn--p1ai", true));
            assertThat(claims.take(Identifier.ofEmail("e@xn--e1afmkfd.xn--p1ai"), 2))
                    .isFalse();
        }

        @Test
        void aDomainThatDiffersInMoreThanSpellingIsANewEmail() {
            user.given(
                            new UserRegistered(1, "S", "N", "P", "A", "e@ıx.example", "+79967348137", true),
                            new EmailConfirmed(1, "r", "e@ıx.example"),
                            new EmailChanged(1, "e@ıx.example", "e@ix.example", false))
                    .when(new RequestCode("1", Purpose.EMAIL, "r2", "en", NOW))
                    .expectEvents(new EmailConfirmationRequested(
                            1, "r2", "e@ix.example", "N", "en", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @Test
        void theMailGoesToTheDomainInAscii() {
            user.given(new UserRegistered(1, "S", "N", "P", "A", "E@Пример.рф", "+79967348137", true))
                    .when(new RequestCode("1", Purpose.EMAIL, "r", "en", NOW))
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
                    .expectResultMessagePayload(new Reply<>(
                            2, new Success<>(new FieldResults(Set.of(), Map.of(Field.PASSWORD, "own-data-password")))));
            assertThat(jdbc.queryForObject("select password_hash from credential", String.class))
                    .isEqualTo("stored hash");
        }

        @Test
        void whatTodaysRuleRefusesSucceedsWhereItIsStored() {
            Map<Field, String> refused =
                    new EnumMap<>(Map.of(Field.SURNAME, "A\u3164B", Field.EMAIL, "a..b@x.io", Field.NUMBER, "+4913"));
            user.given(new UserRegistered(1, "A\u3164B", "N", "P", "A", "a..b@x.io", "+4912", true))
                    .when(new ChangeProfile("1", Map.of(), null, null, refused, Precondition.NONE, "en", "undo", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(
                            1, new Success<>(new FieldResults(Set.of(Field.SURNAME, Field.EMAIL), Map.of()))));
        }

        private ChangeProfile withPassword(String surname, NewPassword password) {
            return changed(password, "en", Field.SURNAME, surname);
        }

        private ChangeProfile change(@Nullable String surname, @Nullable String email) {
            return changed(null, "en", Field.SURNAME, surname, Field.EMAIL, email);
        }
    }

    @Nested
    class NoticeRules {

        @Test
        void oneNoticeTellsOfAllChangesAtTheConfirmedAddressByTheFormerName() {
            user.given(REGISTERED, CONFIRMED)
                    .when(change("N2", "new@x.io", "+79967348130", new NewPassword(0, PASSWORD, "new hash", SESSION)))
                    .expectEvents(
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "new@x.io", false),
                            new NumberChanged(1, "+79967348137", "+79967348130"),
                            new PasswordChanged(1, 1, SESSION),
                            new NoticeRequested(
                                    1,
                                    List.of("email", "number", "password"),
                                    "e@x.io",
                                    "N",
                                    "ru",
                                    "undo",
                                    NOW.plus(Duration.ofDays(7))));
        }

        @Test
        void anAddressThatNobodyConfirmedGetsNoNotice() {
            user.given(REGISTERED)
                    .when(change(null, "new@x.io", null, null))
                    .expectEvents(new EmailChanged(1, "e@x.io", "new@x.io", false));
        }

        @Test
        void aChangeOfCaseOrNameNeedsNoNotice() {
            user.given(REGISTERED, CONFIRMED)
                    .when(change("N2", "E@x.io", null, null))
                    .expectEvents(
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "E@x.io", true));
        }

        @Test
        void whatWasRefusedNeedsNoNotice() {
            claims.take(Identifier.ofEmail("taken@x.io"), 2);
            user.given(REGISTERED, CONFIRMED)
                    .when(change(null, "taken@x.io", null, new NewPassword(-1, PASSWORD, "new hash", SESSION)))
                    .expectNoEvents();
        }

        @Test
        void aMailboxGetsOnlySoManyADayWhateverItsSubAddress() {
            spend(2, "e+1@x.io");
            user.given(REGISTERED, CONFIRMED)
                    .when(change(null, null, "+79967348130", null))
                    .expectEvents(new NumberChanged(1, "+79967348137", "+79967348130"));
        }

        @Test
        void ofAUserOnlySoManyAreSentADay() {
            spend(1, "other@x.io");
            user.given(REGISTERED, CONFIRMED)
                    .when(change(null, null, "+79967348130", null))
                    .expectEvents(new NumberChanged(1, "+79967348137", "+79967348130"));
        }

        @Test
        void aNoticeWithATokenIsAlwaysSent() {
            spend(1, "e@x.io");
            user.given(REGISTERED, CONFIRMED)
                    .when(change(null, "new@x.io", null, null))
                    .expectEvents(
                            new EmailChanged(1, "e@x.io", "new@x.io", false),
                            new NoticeRequested(
                                    1, List.of("email"), "e@x.io", "N", "ru", "undo", NOW.plus(Duration.ofDays(7))));
        }

        private void spend(long user, String email) {
            Notices earlier = new Notices(tally, claims, NOTICES);
            assertThat(earlier.count(user, Identifier.ofEmail(email), NOW.minusSeconds(2)))
                    .isTrue();
            assertThat(earlier.count(user, Identifier.ofEmail(email), NOW.minusSeconds(1)))
                    .isTrue();
        }

        private ChangeProfile change(
                @Nullable String name,
                @Nullable String email,
                @Nullable String number,
                @Nullable NewPassword password) {
            return changed(password, "ru", Field.NAME, name, Field.EMAIL, email, Field.NUMBER, number);
        }
    }

    @Nested
    class AddressChangeRules {

        @Test
        void soManyTriesAreMadeAnHourWhetherTheAddressIsTakenOrNot() {
            for (int i = 0; i < 3; i++) {
                count(NOW.minusSeconds(600 - i));
            }
            user.given(REGISTERED)
                    .when(changed(null, "en", Field.NAME, "N2", Field.EMAIL, "new@x.io"))
                    .expectNoEvents()
                    .expectResultMessagePayload(
                            new Reply<>(1, new Refusal<>(Rule.TOO_MANY_CHANGES, Duration.ofSeconds(3000))));
        }

        @Test
        void aTakenAddressCounts() {
            claims.take(Identifier.ofEmail("taken@x.io"), 2);
            user.given(REGISTERED)
                    .when(changed(null, "en", Field.EMAIL, "taken@x.io"))
                    .expectNoEvents();
            assertThat(jdbc.queryForObject("select count(*) from tally", Long.class))
                    .isOne();
        }

        @Test
        void whatChangesNoAddressDoesNotCount() {
            user.given(REGISTERED)
                    .when(changed(null, "en", Field.NAME, "N2", Field.EMAIL, "E@x.io", Field.NUMBER, "+79967348137"))
                    .expectSuccessfulHandlerExecution();
            assertThat(jdbc.queryForObject("select count(*) from tally", Long.class))
                    .isZero();
        }

        private void count(Instant when) {
            assertThat(new AddressChanges(tally, new Limit(3, Duration.ofHours(1))).count(1, when))
                    .isZero();
        }
    }

    @Nested
    class UndoRules {

        private final Instant until = NOW.plus(Duration.ofDays(7));
        private final EmailChanged changed = new EmailChanged(1, "e@x.io", "f@x.io", false);
        private final NoticeRequested notice =
                new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", "u", until);
        private final UndoEmailChange undo = new UndoEmailChange("1", codes.undoToken(1, "u"), "en", NOW);

        @BeforeEach
        void theFormerEmailIsHeld() {
            claims.take(Identifier.ofEmail("e@x.io"), 1);
            claims.move(
                    new ClaimMove(Identifier.ofEmail("e@x.io"), Identifier.ofEmail("f@x.io"), true),
                    1,
                    Instant.now().plusSeconds(600));
        }

        @Test
        void theTokenBringsBackTheEmailAndItsClaim() {
            user.given(REGISTERED, CONFIRMED, changed, notice)
                    .when(undo)
                    .expectEvents(
                            new EmailChanged(1, "f@x.io", "e@x.io", false),
                            new EmailConfirmed(1, "u", "e@x.io"),
                            new PasswordChanged(1, 1, null),
                            new NoticeRequested(1, List.of("email", "password"), "e@x.io", "N", "en", null, null));
            assertThat(jdbc.queryForObject("select password_hash from credential", String.class))
                    .isNotEqualTo("stored hash");
            assertThat(claims.isOf(Identifier.ofEmail("e@x.io"), 1)).isTrue();
            assertThat(claims.take(Identifier.ofEmail("f@x.io"), 2)).isTrue();
        }

        @Test
        void nobodyElseCanTakeTheFormerEmailMeanwhile() {
            assertThat(claims.take(Identifier.ofEmail("e@x.io"), 2)).isFalse();
            assertThat(claims.isOf(Identifier.ofEmail("e@x.io"), 1)).isFalse();
            assertThat(claims.owner(Kind.EMAIL, claims.hash(Identifier.ofEmail("e@x.io"))))
                    .hasValue(1);
            assertThat(claims.take(Identifier.ofEmail("e@x.io"), 1)).isTrue();
        }

        @Test
        void afterThatTimeAnybodyCanAndTheTokenIsWorthNothing() {
            jdbc.update("update claim set held_until = now() - interval '1 second' where held_until is not null");
            assertThat(claims.owner(Kind.EMAIL, claims.hash(Identifier.ofEmail("e@x.io"))))
                    .isEmpty();
            assertThat(claims.take(Identifier.ofEmail("e@x.io"), 2)).isTrue();
            user.given(REGISTERED, CONFIRMED, changed, notice)
                    .when(undo)
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(4, new Refusal<>(Rule.BAD_UNDO)));
        }

        @Test
        void whatIsHeldNoLongerIsDeleted() {
            jdbc.update("update claim set held_until = now() - interval '1 second', unconfirmed_since = null"
                    + " where held_until is not null");
            claims.sweep();
            assertThat(jdbc.queryForObject("select count(*) from claim", Long.class))
                    .isOne();
        }

        @Test
        void sinceWhenItIsUnconfirmedIsForgottenWhenNobodyTakesItAgain() {
            Identifier given = Identifier.ofEmail("given@x.io");
            assertThat(claims.take(given, 7)).isTrue();
            claims.releaseAll(7);
            String dated = "select count(*) from claim where user_id = 0 and unconfirmed_since is not null";
            claims.sweep();
            assertThat(jdbc.queryForObject(dated, Long.class)).isOne();
            jdbc.update("update claim set held_until = now() - interval '25 hours' where user_id = 0");
            claims.sweep();
            assertThat(jdbc.queryForObject(dated, Long.class)).isZero();
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
            user.given(STORED, new EmailConfirmed(1, "r", "e@пример.рф"), ASKED)
                    .when(reset(code, "correct horse"))
                    .expectEvents(
                            new PasswordChanged(1, 1, null),
                            new NoticeRequested(
                                    1, List.of("password"), "e@xn--e1afmkfd.xn--p1ai", "N", "en", null, null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"storedname", "79967348137", "e@xn--e1afmkfd.xn--p1ai"})
        void ownDataIsRefusedAndTheCodeStaysGood(String password) {
            user.given(STORED, ASKED)
                    .when(reset(code, password))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(2, new Refusal<>(Rule.OWN_DATA_PASSWORD)));
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
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.WRONG_CODE)));
        }

        private static GiveCode reset(String code, String password) {
            return new GiveCode("1", new ResetPassword(new Password(password), "new hash", "en"), code, NOW);
        }
    }

    @Nested
    class ConfirmEmailRules {

        @Test
        void theRightCodeConfirms() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED)
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW))
                    .expectEvents(new EmailConfirmed(1, "r", "e@x.io"));
        }

        @Test
        void aRightCodeIsNoWrongTry() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED)
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW))
                    .expectEvents(new EmailConfirmed(1, "r", "e@x.io"));
            assertThat(jdbc.queryForObject("select count(*) from tally", Long.class))
                    .isZero();
        }

        @Test
        void aWrongCodeIsRecordedAndRefused() {
            String right = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            String wrong = right.equals("000000") ? "000001" : "000000";
            user.given(REGISTERED, REQUESTED)
                    .when(new GiveCode("1", new ConfirmEmail("en"), wrong, NOW))
                    .expectEvents(new EmailConfirmationFailed(1, "r"))
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.WRONG_CODE)));
        }

        @Test
        void nothingConfirmsAnAddressThatHasChangedSince() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "f@x.io", false))
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.NO_CODE)));
        }

        @Test
        void aCodeOutlivesAChangeOfCase() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "E@x.io", true))
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW))
                    .expectEvents(new EmailConfirmed(1, "r", "E@x.io"));
        }

        @Test
        void aCodeOfAnEarlierRequestIsWorthNothing() {
            var second = new EmailConfirmationRequested(1, "r2", "e@x.io", "N", "en", NOW.plusSeconds(600), NOW);
            user.given(REGISTERED, REQUESTED, second)
                    .when(new GiveCode("1", new ConfirmEmail("en"), codes.derive(Purpose.EMAIL, 1, "e@x.io", "r"), NOW))
                    .expectEvents(new EmailConfirmationFailed(1, "r2"));
        }

        @Test
        void anExpiredCodeConfirmsNothing() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED)
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW.plusSeconds(600)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(2, new Refusal<>(Rule.EXPIRED_CODE)));
        }

        @Test
        void afterFiveFailuresTheCodeIsDead() {
            var failed = new EmailConfirmationFailed(1, "r");
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, failed, failed, failed, failed, failed)
                    .when(new GiveCode("1", new ConfirmEmail("en"), code, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(7, new Refusal<>(Rule.NO_CODE)));
        }
    }

    @Nested
    class ConfirmNumberRules {

        @Test
        void aPremiumRateNumberGetsNoCodeAndNothingIsCounted() {
            user.given(new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+499001234567", true))
                    .when(new RequestCode("1", Purpose.NUMBER, "r", "ru", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(1, new Refusal<>(Rule.NO_TEXT_MESSAGES)));
            assertThat(jdbc.queryForObject("select count(*) from tally", Long.class))
                    .isZero();
        }

        private final String right = codes.derive(Purpose.NUMBER, 1, "+79967348137", "r");
        private final String wrong = right.equals("000000") ? "000001" : "000000";

        @Test
        void aCodeIsAskedForInTheLanguageOfTheRequest() {
            user.given(REGISTERED)
                    .when(new RequestCode("1", Purpose.NUMBER, "r", "ru", NOW))
                    .expectEvents(new NumberConfirmationRequested(
                            1, "r", "+79967348137", "N", "ru", NOW.plusSeconds(600), NOW.plusSeconds(60)));
        }

        @Test
        void theRightCodeConfirms() {
            user.given(REGISTERED, NUMBER_REQUESTED)
                    .when(new GiveCode("1", new ConfirmNumber("en"), right, NOW))
                    .expectEvents(new NumberConfirmed(1, "r", "+79967348137"));
        }

        @Test
        void aWrongCodeIsRecordedAndRefused() {
            user.given(REGISTERED, NUMBER_REQUESTED)
                    .when(new GiveCode("1", new ConfirmNumber("en"), wrong, NOW))
                    .expectEvents(new NumberConfirmationFailed(1, "r"))
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.WRONG_CODE)));
        }

        @Test
        void theCodeOfTheEmailIsWorthNothingForTheNumber() {
            user.given(REGISTERED, REQUESTED, NUMBER_REQUESTED)
                    .when(new GiveCode(
                            "1", new ConfirmNumber("en"), codes.derive(Purpose.EMAIL, 1, "e@x.io", "r"), NOW))
                    .expectEvents(new NumberConfirmationFailed(1, "r"));
        }

        @Test
        void aChangedNumberIsUnconfirmedAndItsCodeDead() {
            var changed = new NumberChanged(1, "+79967348137", "+79967348130");
            user.given(REGISTERED, NUMBER_REQUESTED, changed)
                    .when(new GiveCode("1", new ConfirmNumber("en"), right, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.NO_CODE)));
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"), changed)
                    .when(new RequestCode("1", Purpose.NUMBER, "r2", "en", NOW))
                    .expectResultMessagePayload(new Reply<>(5, new Success<>(CodeRequest.SENT)));
        }

        @Test
        void aConfirmedNumberNeedsNoCode() {
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"))
                    .when(new RequestCode("1", Purpose.NUMBER, "r2", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(3, new Success<>(CodeRequest.ALREADY_CONFIRMED)));
            user.given(REGISTERED, NUMBER_REQUESTED, new NumberConfirmed(1, "r", "+79967348137"))
                    .when(new GiveCode("1", new ConfirmNumber("en"), right, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(3, new Refusal<>(Rule.ALREADY_CONFIRMED)));
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
            claims.take(Identifier.ofEmail("e@x.io"), 1);
            user.given(REGISTERED)
                    .when(new EraseUser("1", "receipt-" + System.nanoTime(), NOW, Precondition.NONE))
                    .expectEvents(new UserErased(1));
            assertThat(claims.take(Identifier.ofEmail("e@x.io"), 2)).isTrue();
        }

        @Test
        void afterErasureNothingHappens() {
            user.given(REGISTERED, new UserErased(1))
                    .when(new RequestCode("1", Purpose.EMAIL, "r", "en", NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Reply<>(2, new Refusal<>(Rule.GONE)));
        }
    }
}
