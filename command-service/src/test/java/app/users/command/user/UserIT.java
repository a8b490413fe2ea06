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
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import app.users.settings.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The aggregate's rules: given what happened, when a command comes, expect events or a refusal. */
@SuppressWarnings("NullAway.Init") // set before each test
class UserIT {

    private static final String SESSION = "00000000-0000-0000-0000-000000000001";
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
                            new EmailChanged(1, "e@x.io", "E@x.io"))
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

        private ChangeProfile change(@Nullable String surname, @Nullable String email) {
            return new ChangeProfile(
                    "1", surname, null, null, null, email, null, null, null, Precondition.NONE, "en", NOW);
        }
    }

    @Nested
    class NoticeRules {

        @Test
        void oneNoticeTellsOfAllChangesAtTheFormerAddressByTheFormerName() {
            user.given(REGISTERED)
                    .when(change("N2", "new@x.io", "+79967348130", new NewPassword(0, "new hash", SESSION)))
                    .expectEvents(
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "new@x.io"),
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
                            new EmailChanged(1, "e@x.io", "E@x.io"));
        }

        @Test
        void whatWasRefusedNeedsNoNotice() {
            claims.take(Claims.Kind.EMAIL, "taken@x.io", 2);
            user.given(REGISTERED)
                    .when(change(null, "taken@x.io", null, new NewPassword(-1, "new hash", SESSION)))
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
                    "1", null, name, null, null, email, number, password, null, Precondition.NONE, "ru", NOW);
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
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "f@x.io"))
                    .when(new ConfirmEmail("1", code, NOW))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused(3, "no-code"));
        }

        @Test
        void aCodeOutlivesAChangeOfCase() {
            String code = codes.derive(Purpose.EMAIL, 1, "e@x.io", "r");
            user.given(REGISTERED, REQUESTED, new EmailChanged(1, "e@x.io", "E@x.io"))
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
