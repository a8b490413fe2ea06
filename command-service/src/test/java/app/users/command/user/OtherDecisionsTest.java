package app.users.command.user;

import static app.users.command.user.History.REGISTERED;
import static app.users.command.user.History.after;
import static app.users.command.user.History.registeredAnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.command.user.CodeRules.Granted;
import app.users.command.user.NoticeDecision.Writing;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.user.UserCommand.EraseByOperator;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.events.Change;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.NumberLost;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OtherDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Nested
    class Registration {

        private final Granted code = new Granted(NOW.plusSeconds(600), NOW.plusSeconds(60));

        @Test
        void claimsEmailAndNumberInTheFormThatIsCompared() {
            assertThat(RegistrationDecision.identifiers(register(null)))
                    .containsExactly(Identifier.ofEmail("e@x.io"), Identifier.ofNumber("+79967348137"));
            assertThat(RegistrationDecision.email(register(null)).value()).isEqualTo("e@x.io");
        }

        @Test
        void namesEveryIdentifierThatAnotherUserHas() {
            assertThatExceptionOfType(TakenIdentifiers.class)
                    .isThrownBy(() -> RegistrationDecision.check(taken(Kind.EMAIL, Kind.NUMBER)))
                    .satisfies(taken -> assertThat(taken.fields()).containsExactly(Field.EMAIL, Field.NUMBER));
            assertThatExceptionOfType(TakenIdentifiers.class)
                    .isThrownBy(() -> RegistrationDecision.check(taken(Kind.NUMBER)))
                    .satisfies(taken -> assertThat(taken.fields()).containsExactly(Field.NUMBER));
            assertThatCode(() -> RegistrationDecision.check(Claimed.ALL)).doesNotThrowAnyException();
        }

        @Test
        void registers() {
            assertThat(RegistrationDecision.events(register(null), Claimed.ALL, Optional.empty()))
                    .containsExactly(new UserRegistered(2, "S", "N", "", "A", "E@x.io", "+79967348137", true));
        }

        @Test
        void asksForTheConfirmationInOneWhereTheAddressMayHaveACode() {
            RequestCode asked = new RequestCode("2", Purpose.EMAIL, "r", "ru", NOW);
            assertThat(RegistrationDecision.events(register(asked), Claimed.ALL, Optional.of(code)))
                    .hasSize(2)
                    .last()
                    .isEqualTo(
                            new EmailConfirmationRequested(2, "r", "E@x.io", "N", "ru", code.expires(), code.next()));
            assertThat(RegistrationDecision.events(register(asked), Claimed.ALL, Optional.empty()))
                    .hasSize(1);
        }

        @Test
        void tellsWhichIdentifierAnotherUserStillHas() {
            Claimed pending = new Claimed(Set.of(), Optional.of(Kind.EMAIL));
            assertThatCode(() -> RegistrationDecision.check(pending)).doesNotThrowAnyException();
            assertThat(RegistrationDecision.events(register(null), pending, Optional.empty()))
                    .containsExactly(new UserRegistered(2, "S", "N", "", "A", "E@x.io", "+79967348137", true, "email"));
        }

        private static Claimed taken(Kind... kinds) {
            return new Claimed(Set.of(kinds), Optional.empty());
        }

        private static RegisterUser register(@Nullable RequestCode confirmation) {
            Map<Field, String> texts = Map.of(
                    Field.SURNAME, "S",
                    Field.NAME, "N",
                    Field.ADDRESS, "A",
                    Field.EMAIL, "E@x.io",
                    Field.NUMBER, "+79967348137");
            return new RegisterUser("2", texts, true, "hash", confirmation);
        }
    }

    @Nested
    class Notices {

        private static final Writing WRITING = new Writing("ru", "undo", NOW);
        private static final UserEvent CONFIRMED = new EmailConfirmed(1, "r", "e@x.io");
        private static final UserEvent NEW_EMAIL = new EmailChanged(1, "e@x.io", "new@x.io", false);
        private static final UserEvent NEW_PASSWORD = new PasswordChanged(1, 1, "kept");

        @Test
        void oneTellsOfAllChangesAtTheConfirmedAddressByTheFormerName() {
            assertThat(notice(
                            registeredAnd(CONFIRMED),
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            NEW_EMAIL,
                            new NumberChanged(1, "+79967348137", "+79967348130"),
                            NEW_PASSWORD))
                    .contains(new NoticeRequested(
                            1, List.of("email", "number", "password"), "e@x.io", "N", "ru", "undo", NOW));
        }

        @Test
        void anAddressThatNobodyConfirmedGetsNone() {
            assertThat(notice(registeredAnd(), NEW_EMAIL, NEW_PASSWORD)).isEmpty();
        }

        @Test
        void itGoesToTheLastConfirmedAddressAndOnlyAChangeOfThatCanBeUndone() {
            UserState unconfirmed = registeredAnd(CONFIRMED, NEW_EMAIL);
            assertThat(notice(unconfirmed, new EmailChanged(1, "new@x.io", "newer@x.io", false)))
                    .contains(new NoticeRequested(1, List.of("email"), "e@x.io", "N", "ru", null, null));
            assertThat(notice(unconfirmed, NEW_PASSWORD))
                    .contains(new NoticeRequested(1, List.of("password"), "e@x.io", "N", "ru", null, null));
        }

        @Test
        void itGoesToTheDomainInAscii() {
            UserState before = after(
                    new UserRegistered(1, "S", "N", "", "", "e@пример.рф", "+79967348137", true),
                    new EmailConfirmed(1, "r", "e@пример.рф"));
            assertThat(notice(before, new PasswordChanged(1, 1, null)))
                    .contains(new NoticeRequested(
                            1, List.of("password"), "e@xn--e1afmkfd.xn--p1ai", "N", "ru", null, null));
        }

        @Test
        void whatChangesNoWayToSignInNeedsNone() {
            assertThat(notice(
                            registeredAnd(CONFIRMED),
                            new ProfileChanged(1, null, new Change("N", "N2"), null, null),
                            new EmailChanged(1, "e@x.io", "E@x.io", true),
                            new ExecutorChanged(1, true, false),
                            new EmailConfirmed(1, "r", "E@x.io"),
                            new SessionsEnded(1, 1, null)))
                    .isEmpty();
            assertThat(notice(registeredAnd(CONFIRMED))).isEmpty();
        }

        @Test
        void whoLosesAnAddressIsToldAtAnotherOne() {
            UserState elsewhere = registeredAnd(CONFIRMED, NEW_EMAIL);
            assertThat(notice(elsewhere, new EmailLost(1, "new@x.io")))
                    .contains(new NoticeRequested(1, List.of("email-lost"), "e@x.io", "N", "ru", null, null));
            assertThat(notice(elsewhere, new NumberLost(1, "+79967348137")))
                    .contains(new NoticeRequested(1, List.of("number-lost"), "e@x.io", "N", "ru", null, null));
            assertThat(notice(elsewhere, new EmailLost(1, "E@x.io"))).isEmpty();
        }

        private static Optional<NoticeRequested> notice(UserState before, UserEvent... events) {
            return NoticeDecision.notice(before, List.of(events), WRITING);
        }
    }

    @Nested
    class Sessions {

        private final EndSession command = new EndSession("1", "s", Reason.REVOKED);

        @Test
        void oneThatStoodEndsForItsReason() {
            assertThat(SessionDecision.end(registeredAnd(), command, true))
                    .contains(new SessionEnded(1, "s", Reason.REVOKED));
        }

        @Test
        void oneThatIsOverEndsNoSecondTime() {
            assertThat(SessionDecision.end(registeredAnd(), command, false)).isEmpty();
        }

        @Test
        void allEndInTheNextEpoch() {
            assertThat(SessionDecision.endAll(registeredAnd(new PasswordChanged(1, 4, "kept"))))
                    .contains(new SessionsEnded(1, 5, null));
        }

        @Test
        void anErasedUserHasNone() {
            assertThat(SessionDecision.endAll(registeredAnd(new UserErased(1)))).isEmpty();
        }
    }

    @Nested
    class Erasure {

        @Test
        void isTheLastEvent() {
            assertThat(ErasureDecision.refusal(registeredAnd(), erase(Precondition.NONE)))
                    .isEmpty();
            assertThat(ErasureDecision.decide(after(REGISTERED)))
                    .isEqualTo(Decision.success(Done.DONE, new UserErased(1)));
        }

        @Test
        void happensOnce() {
            assertThat(ErasureDecision.refusal(registeredAnd(new UserErased(1)), erase(Precondition.NONE)))
                    .contains(Decision.refused(Rule.GONE));
        }

        @Test
        void honoursThePrecondition() {
            assertThat(ErasureDecision.refusal(registeredAnd(), erase(new Precondition(Set.of("\"2\""), Set.of()))))
                    .contains(Decision.refused(Rule.STALE));
        }

        @Test
        void anUnusedUserIsErasedUnlessAnAddressWasConfirmed() {
            assertThat(ErasureDecision.refusal(registeredAnd(), true)).isEmpty();
            assertThat(ErasureDecision.refusal(registeredAnd(), false)).contains(Decision.refused(Rule.IN_USE));
            assertThat(ErasureDecision.refusal(registeredAnd(new EmailConfirmed(1, "r", "e@x.io")), true))
                    .contains(Decision.refused(Rule.IN_USE));
            assertThat(ErasureDecision.refusal(registeredAnd(new NumberConfirmed(1, "r", "+79967348137")), true))
                    .contains(Decision.refused(Rule.IN_USE));
            assertThat(ErasureDecision.refusal(registeredAnd(new UserErased(1)), true))
                    .contains(Decision.refused(Rule.GONE));
        }

        @Test
        void byAnOperatorSaysWhyAndHappensOnce() {
            var erase = new EraseByOperator("1", "receipt", NOW, "request 17");
            assertThat(ErasureDecision.refusal(registeredAnd())).isEmpty();
            assertThat(ErasureDecision.decide(after(REGISTERED), erase))
                    .isEqualTo(Decision.success(Done.DONE, new UserErased(1, "operator", "request 17")));
            assertThat(ErasureDecision.refusal(registeredAnd(new UserErased(1))))
                    .contains(Decision.refused(Rule.GONE));
        }

        private static EraseUser erase(Precondition precondition) {
            return new EraseUser("1", "receipt", NOW, precondition);
        }
    }
}
