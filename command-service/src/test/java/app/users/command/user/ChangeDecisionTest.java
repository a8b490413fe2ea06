package app.users.command.user;

import static app.users.command.user.History.REGISTERED;
import static app.users.command.user.History.after;
import static app.users.command.user.History.registeredAnd;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.command.value.Password;
import app.users.events.Change;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDecisionTest {

    private static final String SESSION = "00000000-0000-0000-0000-000000000001";
    private static final NewPassword PASSWORD = new NewPassword(0, new Password("correct horse"), "new hash", SESSION);
    private static final UserState STATE = registeredAnd();

    @Test
    void ofAnErasedUserNothingChanges() {
        assertThat(new ChangeDecision(registeredAnd(new UserErased(1)), texts(Field.NAME, "N2")).refusal())
                .contains(Decision.refused(Rule.GONE));
    }

    @Test
    void theGoneAreToldSoWhateverThePrecondition() {
        ChangeProfile stale = preconditioned(new Precondition(Set.of("\"9\""), Set.of()));
        assertThat(new ChangeDecision(registeredAnd(new UserErased(1)), stale).refusal())
                .contains(Decision.refused(Rule.GONE));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true", "4, false"})
    void thePreconditionNamesTheVersionThatReadsShow(long version, boolean holds) {
        UserState state = registeredAnd(
                new SessionsEnded(1, 1, null), new ExecutorChanged(1, true, false), new SessionsEnded(1, 2, null));
        ChangeProfile command = preconditioned(new Precondition(Set.of("\"" + version + "\""), Set.of()));
        assertThat(new ChangeDecision(state, command).refusal())
                .isEqualTo(holds ? Optional.empty() : Optional.of(Decision.refused(Rule.STALE)));
    }

    @Test
    void saysWhatWasBeforeAndIsNow() {
        assertThat(decide(texts(Field.SURNAME, "S2", Field.ADDRESS, "")))
                .isEqualTo(success(new ProfileChanged(1, new Change("S", "S2"), null, null, new Change("A", ""))));
    }

    @Test
    void nothingChangedIsSuccessWithoutEvent() {
        assertThat(decide(texts(Field.SURNAME, "S", Field.EMAIL, "e@x.io", Field.NUMBER, "+79967348137")))
                .isEqualTo(success());
    }

    @Test
    void theSameNameInAnotherFormOfUnicodeChangesNothing() {
        UserState state = after(new UserRegistered(1, "Ame\u0301lie", "N", "P", "A", "e@x.io", "+79967348137", true));
        assertThat(new ChangeDecision(state, texts(Field.SURNAME, "Am\u00E9lie")).decide(Claimed.ALL, true))
                .isEqualTo(success());
    }

    @Test
    void onlyWhatReallyChangesIsClaimed() {
        ChangeDecision same = new ChangeDecision(STATE, texts(Field.EMAIL, "e@x.io", Field.NUMBER, "+79967348137"));
        assertThat(same.emailMove()).isEmpty();
        assertThat(same.numberMove()).isEmpty();
        ChangeDecision other = new ChangeDecision(STATE, texts(Field.EMAIL, "F@x.io", Field.NUMBER, "+79967348130"));
        assertThat(other.emailMove())
                .contains(new ClaimMove(Identifier.ofEmail("e@x.io"), Identifier.ofEmail("f@x.io"), false));
        assertThat(other.numberMove())
                .contains(
                        new ClaimMove(Identifier.ofNumber("+79967348137"), Identifier.ofNumber("+79967348130"), false));
    }

    @Test
    void onlyAConfirmedEmailIsHeldForItsUser() {
        UserState confirmed = registeredAnd(new EmailConfirmed(1, "r", "e@x.io"));
        assertThat(new ChangeDecision(confirmed, texts(Field.EMAIL, "f@x.io")).emailMove())
                .hasValueSatisfying(move -> assertThat(move.held()).isTrue());
    }

    /** Back and forth: the email is unconfirmed when it is left again, but its first change can still be undone. */
    @Test
    void anEmailThatAnUndoRestoresIsHeldHoweverOftenItChanges() {
        UserState back = registeredAnd(
                new EmailConfirmed(1, "r", "e@x.io"),
                new EmailChanged(1, "e@x.io", "f@x.io", false),
                new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", "u", Instant.EPOCH),
                new EmailChanged(1, "f@x.io", "e@x.io", false));
        assertThat(new ChangeDecision(back, texts(Field.EMAIL, "g@x.io")).emailMove())
                .hasValueSatisfying(move -> assertThat(move.held()).isTrue());
    }

    @Test
    void whoeverChangedAddressesTooOftenHasToWait() {
        ChangeDecision change = new ChangeDecision(STATE, texts(Field.EMAIL, "f@x.io"));
        assertThat(change.movesAddress()).isTrue();
        assertThat(new ChangeDecision(STATE, texts(Field.NUMBER, "+79967348130")).movesAddress())
                .isTrue();
        assertThat(new ChangeDecision(STATE, texts(Field.NAME, "N2", Field.EMAIL, "E@x.io")).movesAddress())
                .isFalse();
        assertThat(change.tooMany(Duration.ofSeconds(9)).orElseThrow().outcome())
                .isEqualTo(new Refusal<>(Rule.TOO_MANY_CHANGES, Duration.ofSeconds(9)));
        assertThat(change.tooMany(Duration.ZERO)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"e@x.io, E@X.io", "e@пример.рф, e@xn--e1afmkfd.xn--p1ai", "e@xn--e1afmkfd.xn--p1ai, e@пример.рф"})
    void anotherSpellingOfTheEmailNeedsNoClaim(String from, String to) {
        UserState state = after(new UserRegistered(1, "S", "N", "P", "A", from, "+79967348137", true));
        ChangeDecision change = new ChangeDecision(state, texts(Field.EMAIL, to));
        assertThat(change.emailMove()).isEmpty();
        assertThat(change.decide(Claimed.ALL, true)).isEqualTo(success(new EmailChanged(1, from, to, true)));
    }

    @Test
    void aDomainThatDiffersInMoreThanSpellingIsANewEmail() {
        UserState state = after(new UserRegistered(1, "S", "N", "P", "A", "e@ıx.example", "+79967348137", true));
        ChangeDecision change = new ChangeDecision(state, texts(Field.EMAIL, "e@ix.example"));
        assertThat(change.emailMove()).isPresent();
        assertThat(change.decide(Claimed.ALL, true))
                .isEqualTo(success(new EmailChanged(1, "e@ıx.example", "e@ix.example", false)));
    }

    @Test
    void aTakenEmailOrNumberLeavesTheOtherFieldsAlone() {
        ChangeProfile command = texts(Field.SURNAME, "S2", Field.EMAIL, "taken@x.io", Field.NUMBER, "+79967348130");
        var surname = new ProfileChanged(1, new Change("S", "S2"), null, null, null);
        var number = new NumberChanged(1, "+79967348137", "+79967348130");
        var email = new EmailChanged(1, "e@x.io", "taken@x.io", false);
        assertThat(decide(command, Kind.EMAIL)).isEqualTo(success(Map.of(Field.EMAIL, "taken"), surname, number));
        assertThat(decide(command, Kind.NUMBER)).isEqualTo(success(Map.of(Field.NUMBER, "taken"), surname, email));
    }

    @Test
    void aNewPasswordKeepsTheSessionThatChangedItAndBeginsAnEpoch() {
        ChangeDecision change = new ChangeDecision(registeredAnd(new SessionsEnded(1, 4, null)), password(PASSWORD));
        assertThat(change.password()).contains(PASSWORD);
        assertThat(change.decide(Claimed.ALL, true)).isEqualTo(success(new PasswordChanged(1, 5, SESSION)));
    }

    @Test
    void aPasswordWhoseEpochIsOverIsAConflict() {
        assertThat(new ChangeDecision(STATE, password(PASSWORD)).decide(Claimed.ALL, false))
                .isEqualTo(success(Map.of(Field.PASSWORD, "conflict")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Storedname", "STOREDNAME", "stored@x.io", "+79967348137", "79967348137", "1 Main Street"})
    void aPasswordRepeatsNothingOfTheStoredProfileAndIsNotEvenReplaced(String password) {
        UserState state = after(
                new UserRegistered(1, "Storedname", "N", "", "1 Main Street", "stored@x.io", "+79967348137", true));
        NewPassword own = new NewPassword(0, new Password(password), "new hash", SESSION);
        ChangeProfile command = new ChangeProfile(
                "1",
                Map.of(Field.SURNAME, "Other"),
                own,
                null,
                Map.of(),
                Precondition.NONE,
                "en",
                "undo",
                Instant.EPOCH);
        ChangeDecision change = new ChangeDecision(state, command);
        assertThat(change.password()).isEmpty();
        assertThat(change.decide(Claimed.ALL, true))
                .isEqualTo(success(
                        Map.of(Field.PASSWORD, "own-data-password"),
                        new ProfileChanged(1, new Change("Storedname", "Other"), null, null, null)));
    }

    @Test
    void whetherTheUserIsAnExecutorChangesOnlyWhereItDiffers() {
        assertThat(decide(executor(false))).isEqualTo(success(new ExecutorChanged(1, true, false)));
        assertThat(decide(executor(true))).isEqualTo(success());
    }

    @Test
    void oneChangeMakesOneEventAGroupInTheirOrder() {
        ChangeProfile all = new ChangeProfile(
                "1",
                Map.of(Field.NAME, "N2", Field.EMAIL, "new@x.io", Field.NUMBER, "+79967348130"),
                PASSWORD,
                false,
                Map.of(),
                Precondition.NONE,
                "en",
                "undo",
                Instant.EPOCH);
        assertThat(decide(all).events())
                .containsExactly(
                        new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                        new EmailChanged(1, "e@x.io", "new@x.io", false),
                        new NumberChanged(1, "+79967348137", "+79967348130"),
                        new PasswordChanged(1, 1, SESSION),
                        new ExecutorChanged(1, true, false));
    }

    @Test
    void whatTodaysRuleRefusesSucceedsWhereItIsStored() {
        UserState state = after(new UserRegistered(1, "A\u3164B", "N", "P", "A", "a..b@x.io", "+4912", true));
        Map<Field, String> refused = Map.of(Field.SURNAME, "A\u3164B", Field.EMAIL, "a..b@x.io", Field.NUMBER, "+4913");
        ChangeProfile command =
                new ChangeProfile("1", Map.of(), null, null, refused, Precondition.NONE, "en", "undo", Instant.EPOCH);
        assertThat(new ChangeDecision(state, command).decide(Claimed.ALL, true).outcome())
                .isEqualTo(new Success<>(new FieldResults(Set.of(Field.SURNAME, Field.EMAIL), Map.of())));
    }

    @Test
    void tellsThatAnotherUserStillHasTheNewEmailOrNumber() {
        ChangeProfile command = texts(Field.EMAIL, "f@x.io", Field.NUMBER, "+79967348130");
        ChangeDecision change = new ChangeDecision(after(REGISTERED), command);
        EmailChanged email = new EmailChanged(1, "e@x.io", "f@x.io", false);
        NumberChanged number = new NumberChanged(1, "+79967348137", "+79967348130");
        assertThat(change.decide(new Claimed(Set.of(), Optional.of(Kind.EMAIL)), true))
                .isEqualTo(success(new EmailChanged(1, "e@x.io", "f@x.io", false, true), number));
        assertThat(change.decide(new Claimed(Set.of(), Optional.of(Kind.NUMBER)), true))
                .isEqualTo(success(email, new NumberChanged(1, "+79967348137", "+79967348130", true)));
    }

    private static Decision<FieldResults> decide(ChangeProfile command, Kind... taken) {
        return new ChangeDecision(after(REGISTERED), command)
                .decide(new Claimed(Set.of(taken), Optional.empty()), true);
    }

    private static Decision<FieldResults> success(UserEvent... events) {
        return success(Map.of(), events);
    }

    private static Decision<FieldResults> success(Map<Field, String> refused, UserEvent... events) {
        return Decision.success(new FieldResults(Set.of(), refused), events);
    }

    private static ChangeProfile texts(Field field, String text) {
        return change(Map.of(field, text), null, null, Precondition.NONE);
    }

    private static ChangeProfile texts(Field field, String text, Field field2, String text2) {
        return change(Map.of(field, text, field2, text2), null, null, Precondition.NONE);
    }

    private static ChangeProfile texts(
            Field field, String text, Field field2, String text2, Field field3, String text3) {
        return change(Map.of(field, text, field2, text2, field3, text3), null, null, Precondition.NONE);
    }

    private static ChangeProfile password(NewPassword password) {
        return change(Map.of(), password, null, Precondition.NONE);
    }

    private static ChangeProfile executor(boolean executor) {
        return change(Map.of(), null, executor, Precondition.NONE);
    }

    private static ChangeProfile preconditioned(Precondition precondition) {
        return change(Map.of(Field.NAME, "N2"), null, null, precondition);
    }

    private static ChangeProfile change(
            Map<Field, String> texts,
            @Nullable NewPassword password,
            @Nullable Boolean executor,
            Precondition precondition) {
        return new ChangeProfile("1", texts, password, executor, Map.of(), precondition, "en", "undo", Instant.EPOCH);
    }
}
