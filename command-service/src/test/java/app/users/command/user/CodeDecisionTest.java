package app.users.command.user;

import static app.users.command.user.History.after;
import static app.users.command.user.History.registeredAnd;
import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static app.users.events.ConfirmationCode.Purpose.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.CodeRules.Expired;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.NoCode;
import app.users.command.user.CodeRules.Right;
import app.users.command.user.CodeRules.TooMany;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.UserCommand.CodeUse;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Identifier;
import app.users.command.value.Password;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.NumberLost;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeDecisionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant EXPIRES = NOW.plusSeconds(600);
    private static final Instant NEXT = NOW.plusSeconds(60);
    private static final Granted GRANTED = new Granted(EXPIRES, NEXT);
    private static final TooMany TOO_MANY = new TooMany(Rule.TOO_MANY_CODES, Duration.ofHours(3));
    private static final UserRegistered STORED =
            new UserRegistered(1, "Storedname", "N", "", "A", "E@Пример.рф", "+79967348137", true);
    private static final UserState STATE = after(
            STORED,
            new EmailConfirmationRequested(1, "e", "E@xn--e1afmkfd.xn--p1ai", "N", "en", EXPIRES, NEXT),
            new NumberConfirmationRequested(1, "n", "+79967348137", "N", "en", EXPIRES, NEXT),
            new PasswordResetRequested(1, "p", "E@xn--e1afmkfd.xn--p1ai", "N", "en", EXPIRES),
            new SessionsEnded(1, 6, null));

    private static final Holder NOBODY = new Holder.NoOther();
    private static final Holder ANOTHER = new Holder.Another();
    private static final Holder UNCONFIRMED = new Holder.Unconfirmed(7);

    private static final List<CodeUse> USES =
            List.of(new ConfirmEmail("en"), new ConfirmNumber("en"), reset("correct horse"));

    @ParameterizedTest
    @EnumSource
    void anErasedUserGetsNoCode(Purpose purpose) {
        assertThat(settled(registeredAnd(new UserErased(1)), purpose)).contains(Decision.refused(Rule.GONE));
    }

    @Test
    void whatIsConfirmedNeedsNoCode() {
        UserState state =
                registeredAnd(new EmailConfirmed(1, "r", "e@x.io"), new NumberConfirmed(1, "r", "+79967348137"));
        assertThat(settled(state, EMAIL)).contains(Decision.success(CodeRequest.ALREADY_CONFIRMED));
        assertThat(settled(state, NUMBER)).contains(Decision.success(CodeRequest.ALREADY_CONFIRMED));
        assertThat(settled(state, PASSWORD)).isEmpty();
        assertThat(settled(registeredAnd(), EMAIL)).isEmpty();
    }

    @Test
    void aNumberThatGetsNoTextMessagesGetsNoCode() {
        UserState premium = after(new UserRegistered(1, "S", "N", "", "A", "e@x.io", "+499001234567", true));
        assertThat(settled(premium, NUMBER)).contains(Decision.refused(Rule.NO_TEXT_MESSAGES));
        assertThat(settled(registeredAnd(), NUMBER)).isEmpty();
        assertThat(CodeDecision.settled(registeredAnd(), request(NUMBER), NOBODY, new TextMessages(Set.of("DE"))))
                .contains(Decision.refused(Rule.NO_TEXT_MESSAGES));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "PASSWORD"})
    void whatTheNumberIsDoesNotMatterForMails(Purpose purpose) {
        UserState premium = after(new UserRegistered(1, "S", "N", "", "A", "e@x.io", "+499001234567", true));
        assertThat(settled(premium, purpose)).isEmpty();
    }

    @Test
    void aNumberThatWasConfirmedBeforeStaysConfirmed() {
        UserState premium = after(
                new UserRegistered(1, "S", "N", "", "A", "e@x.io", "+499001234567", true),
                new NumberConfirmed(1, "r", "+499001234567"));
        assertThat(settled(premium, NUMBER)).contains(Decision.success(CodeRequest.ALREADY_CONFIRMED));
    }

    @Test
    void theMailGoesToTheDomainInAsciiInTheLanguageOfTheRequest() {
        assertThat(CodeDecision.request(STATE, request(EMAIL), GRANTED))
                .isEqualTo(Decision.success(
                        CodeRequest.SENT,
                        new EmailConfirmationRequested(1, "r", "E@xn--e1afmkfd.xn--p1ai", "N", "ru", EXPIRES, NEXT)));
        assertThat(CodeDecision.request(STATE, request(PASSWORD), GRANTED))
                .isEqualTo(Decision.success(
                        CodeRequest.SENT,
                        new PasswordResetRequested(1, "r", "E@xn--e1afmkfd.xn--p1ai", "N", "ru", EXPIRES)));
    }

    @Test
    void theTextMessageGoesToTheNumber() {
        assertThat(CodeDecision.request(STATE, request(NUMBER), GRANTED))
                .isEqualTo(Decision.success(
                        CodeRequest.SENT,
                        new NumberConfirmationRequested(1, "r", "+79967348137", "N", "ru", EXPIRES, NEXT)));
    }

    @ParameterizedTest
    @EnumSource
    void whoAskedTooOftenGetsNoCode(Purpose purpose) {
        assertThat(CodeDecision.request(STATE, request(purpose), TOO_MANY))
                .isEqualTo(new Decision<>(List.of(), new Refusal<>(Rule.TOO_MANY_CODES, Duration.ofHours(3))));
    }

    @Test
    void anErasedUserConfirmsNothing() {
        for (CodeUse use : USES) {
            assertThat(CodeDecision.settled(registeredAnd(new UserErased(1)), give(use), NOBODY))
                    .contains(Decision.refused(Rule.GONE));
        }
    }

    @Test
    void whatIsConfirmedIsConfirmedOnce() {
        UserState state =
                registeredAnd(new EmailConfirmed(1, "r", "e@x.io"), new NumberConfirmed(1, "r", "+79967348137"));
        assertThat(CodeDecision.settled(state, give(new ConfirmEmail("en")), NOBODY))
                .contains(Decision.refused(Rule.ALREADY_CONFIRMED));
        assertThat(CodeDecision.settled(state, give(new ConfirmNumber("en")), NOBODY))
                .contains(Decision.refused(Rule.ALREADY_CONFIRMED));
        assertThat(CodeDecision.settled(STATE, give(new ConfirmEmail("en")), NOBODY))
                .isEmpty();
    }

    @Test
    void whatAnotherUserHasGetsNoCodeAndIsNotConfirmed() {
        TextMessages everywhere = new TextMessages(Set.of());
        assertThat(CodeDecision.settled(STATE, request(EMAIL), ANOTHER, everywhere))
                .contains(Decision.refused(Rule.TAKEN));
        assertThat(CodeDecision.settled(STATE, give(new ConfirmNumber("en")), ANOTHER))
                .contains(Decision.refused(Rule.TAKEN));
        assertThat(CodeDecision.settled(STATE, request(EMAIL), UNCONFIRMED, everywhere))
                .isEmpty();
        assertThat(CodeDecision.settled(STATE, give(new ConfirmNumber("en")), UNCONFIRMED))
                .isEmpty();
        assertThat(UNCONFIRMED.loser()).hasValue(7);
        assertThat(ANOTHER.loser()).isEmpty();
    }

    @Test
    void whatAnotherUserConfirmsIsLostIfTheUserStillHasIt() {
        assertThat(CodeDecision.lose(STATE, Identifier.ofEmail("e@xn--e1afmkfd.xn--p1ai"))
                        .events())
                .containsExactly(new EmailLost(1, "E@Пример.рф"));
        assertThat(CodeDecision.lose(STATE, Identifier.ofNumber("+79967348137")).events())
                .containsExactly(new NumberLost(1, "+79967348137"));
        assertThat(CodeDecision.lose(STATE, Identifier.ofEmail("other@x.io")).events())
                .isEmpty();
        assertThat(CodeDecision.lose(STATE, Identifier.ofNumber("+79967348130")).events())
                .isEmpty();
    }

    @Test
    void aLostAddressEndsItsCode() {
        assertThat(STATE.after(new EmailLost(1, "E@Пример.рф"), 99).proof(EMAIL))
                .isEqualTo(Proof.NONE);
        assertThat(STATE.after(new NumberLost(1, "+79967348137"), 99).proof(NUMBER))
                .isEqualTo(Proof.NONE);
    }

    @Test
    void theRightCodeConfirms() {
        assertThat(CodeDecision.give(STATE, give(new ConfirmEmail("en")), new Right()))
                .isEqualTo(Decision.success(Done.DONE, new EmailConfirmed(1, "e", "E@Пример.рф")));
        assertThat(CodeDecision.give(STATE, give(new ConfirmNumber("en")), new Right()))
                .isEqualTo(Decision.success(Done.DONE, new NumberConfirmed(1, "n", "+79967348137")));
    }

    @Test
    void theRightCodeResetsThePasswordAndKeepsNoSession() {
        assertThat(CodeDecision.give(STATE, give(reset("correct horse")), new Right()))
                .isEqualTo(Decision.success(Done.DONE, new PasswordChanged(1, 7, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"storedname", "79967348137", "e@xn--e1afmkfd.xn--p1ai"})
    void aPasswordOfOwnDataIsRefusedAndTheCodeStaysGood(String password) {
        assertThat(CodeDecision.give(STATE, give(reset(password)), new Right()))
                .isEqualTo(Decision.refused(Rule.OWN_DATA_PASSWORD));
    }

    /** Else the answer would tell a stranger what the profile holds. */
    @Test
    void withoutTheCodeNothingIsComparedWithTheProfile() {
        assertThat(CodeDecision.give(STATE, give(reset("storedname")), new Wrong()))
                .isEqualTo(Decision.refused(Rule.WRONG_CODE, new PasswordResetFailed(1, "p")));
    }

    @Test
    void aWrongCodeIsRecordedAndRefused() {
        assertThat(give(new ConfirmEmail("en"), new Wrong()))
                .isEqualTo(Decision.refused(Rule.WRONG_CODE, new EmailConfirmationFailed(1, "e")));
        assertThat(give(new ConfirmNumber("en"), new Wrong()))
                .isEqualTo(Decision.refused(Rule.WRONG_CODE, new NumberConfirmationFailed(1, "n")));
    }

    @Test
    void everyOtherRefusalSaysWhyAndRecordsNothing() {
        UserEvent[] nothing = {};
        for (CodeUse use : USES) {
            assertThat(give(use, new NoCode())).isEqualTo(Decision.refused(Rule.NO_CODE, nothing));
            assertThat(give(use, new Expired())).isEqualTo(Decision.refused(Rule.EXPIRED_CODE, nothing));
            assertThat(give(use, new TooMany(Rule.TOO_MANY_TRIES, Duration.ofHours(1))))
                    .isEqualTo(new Decision<>(List.of(), new Refusal<>(Rule.TOO_MANY_TRIES, Duration.ofHours(1))));
        }
    }

    private static Optional<Decision<CodeRequest>> settled(UserState state, Purpose purpose) {
        return CodeDecision.settled(state, request(purpose), NOBODY, new TextMessages(Set.of()));
    }

    private static Decision<Done> give(CodeUse use, CodeRules.Tried tried) {
        return CodeDecision.give(STATE, give(use), tried);
    }

    private static RequestCode request(Purpose purpose) {
        return new RequestCode("1", purpose, "r", "ru", NOW);
    }

    private static GiveCode give(CodeUse use) {
        return new GiveCode("1", use, "123456", NOW);
    }

    private static ResetPassword reset(String password) {
        return new ResetPassword(new Password(password), "new hash", "en");
    }
}
