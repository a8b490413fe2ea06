package app.users.command.user;

import static app.users.command.user.History.registeredAnd;
import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static app.users.events.ConfirmationCode.Purpose.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.Change;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class UserStateTest {

    private static final Instant EXPIRES = Instant.parse("2026-01-01T00:10:00Z");
    private static final UserEvent EMAIL_CODE =
            new EmailConfirmationRequested(1, "r", "e@x.io", "N", "en", EXPIRES, EXPIRES);
    private static final UserEvent NUMBER_CODE =
            new NumberConfirmationRequested(1, "n", "+79967348137", "N", "en", EXPIRES, EXPIRES);
    private static final UserEvent RESET_CODE = new PasswordResetRequested(1, "p", "e@x.io", "N", "en", EXPIRES);
    private static final UserEvent NEW_EMAIL = new EmailChanged(1, "e@x.io", "f@x.io", false);
    private static final UserEvent RESPELLED = new EmailChanged(1, "e@x.io", "E@x.io", true);

    static final List<UserEvent> SHOWN = List.of(
            new ProfileChanged(1, new Change("S", "S2"), null, null, null),
            NEW_EMAIL,
            RESPELLED,
            new NumberChanged(1, "+79967348137", "+79967348130"),
            new ExecutorChanged(1, true, false),
            new EmailConfirmed(1, "r", "e@x.io"),
            new NumberConfirmed(1, "n", "+79967348137"));

    static final List<UserEvent> HIDDEN = List.of(
            EMAIL_CODE,
            NUMBER_CODE,
            RESET_CODE,
            new EmailConfirmationFailed(1, "r"),
            new NumberConfirmationFailed(1, "n"),
            new PasswordResetFailed(1, "p"),
            new NoticeRequested(1, List.of("password"), "e@x.io", "N", "en", null, null),
            new PasswordChanged(1, 1, null),
            new SessionEnded(1, "s", Reason.REVOKED),
            new SessionsEnded(1, 1, null));

    @ParameterizedTest
    @FieldSource("SHOWN")
    void whatReadsShowMovesTheEntityTag(UserEvent event) {
        assertThat(registeredAnd(HIDDEN.getFirst(), event))
                .returns(3L, UserState::version)
                .returns(3L, UserState::shown);
    }

    @ParameterizedTest
    @FieldSource("HIDDEN")
    void whatNoReadShowsMovesTheVersionAlone(UserEvent event) {
        assertThat(registeredAnd(event)).returns(2L, UserState::version).returns(1L, UserState::shown);
    }

    @Test
    void theLastCodeOfEachPurposeCounts() {
        UserState state = registeredAnd(EMAIL_CODE, NUMBER_CODE, RESET_CODE);
        assertThat(state.proof(EMAIL)).isEqualTo(Proof.requested("r", "e@x.io", EXPIRES));
        assertThat(state.proof(NUMBER)).isEqualTo(Proof.requested("n", "+79967348137", EXPIRES));
        assertThat(state.proof(PASSWORD)).isEqualTo(Proof.requested("p", "e@x.io", EXPIRES));
    }

    @Test
    void eachPurposeCountsItsOwnFailures() {
        UserState state = registeredAnd(EMAIL_CODE, NUMBER_CODE, new EmailConfirmationFailed(1, "r"));
        assertThat(state.proof(EMAIL).failures()).isOne();
        assertThat(state.proof(NUMBER).failures()).isZero();
        UserState again = registeredAnd(EMAIL_CODE, new EmailConfirmationFailed(1, "r"), EMAIL_CODE);
        assertThat(again.proof(EMAIL).failures()).isZero();
    }

    @Test
    void aNewEmailIsUnconfirmedAndEndsTheCodesThatWereSentToTheFormerOne() {
        UserState state = registeredAnd(EMAIL_CODE, RESET_CODE, NUMBER_CODE, NEW_EMAIL);
        assertThat(state.proof(EMAIL)).isEqualTo(Proof.NONE);
        assertThat(state.proof(PASSWORD)).isEqualTo(Proof.NONE);
        assertThat(state.proof(NUMBER)).isNotEqualTo(Proof.NONE);
        assertThat(registeredAnd(new EmailConfirmed(1, "r", "e@x.io"), NEW_EMAIL)
                        .isConfirmed(EMAIL))
                .isFalse();
    }

    @Test
    void anotherSpellingChangesNothingButTheSpelling() {
        UserState state = registeredAnd(RESET_CODE, new EmailConfirmed(1, "r", "e@x.io"), RESPELLED);
        assertThat(state.isConfirmed(EMAIL)).isTrue();
        assertThat(state.proof(PASSWORD)).isNotEqualTo(Proof.NONE);
        assertThat(state.profile().email()).isEqualTo("E@x.io");
        assertThat(state.email()).isEqualTo(registeredAnd().email());
    }

    @Test
    void aNewNumberIsUnconfirmedAndEndsItsCode() {
        UserEvent changed = new NumberChanged(1, "+79967348137", "+79967348130");
        assertThat(registeredAnd(NUMBER_CODE, changed).proof(NUMBER)).isEqualTo(Proof.NONE);
        assertThat(registeredAnd(new NumberConfirmed(1, "n", "+79967348137")).isConfirmed(NUMBER))
                .isTrue();
        assertThat(registeredAnd(new NumberConfirmed(1, "n", "+79967348137"), changed)
                        .isConfirmed(NUMBER))
                .isFalse();
    }

    @Test
    void aNewPasswordEndsTheCodeOfTheReset() {
        UserState state = registeredAnd(RESET_CODE, new PasswordChanged(1, 1, null));
        assertThat(state.proof(PASSWORD)).isEqualTo(Proof.NONE);
        assertThat(state.epoch()).isOne();
        assertThat(state.isConfirmed(PASSWORD)).isFalse();
    }

    @Test
    void endingAllSessionsBeginsAnEpoch() {
        assertThat(registeredAnd(new SessionsEnded(1, 3, null)).epoch()).isEqualTo(3);
        assertThat(registeredAnd(new SessionEnded(1, "s", Reason.REVOKED)).epoch())
                .isZero();
    }

    @Test
    void erasureIsTheEnd() {
        assertThat(registeredAnd(new UserErased(1)).erased()).isTrue();
    }
}
