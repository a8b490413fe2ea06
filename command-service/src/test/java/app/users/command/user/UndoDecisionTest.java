package app.users.command.user;

import static app.users.command.user.History.registeredAnd;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.PasswordChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoDecisionTest {

    private static final ConfirmationCode CODES = new ConfirmationCode(new byte[32]);
    private static final Instant UNTIL = Instant.parse("2026-01-08T00:00:00Z");
    private static final String TOKEN = CODES.undoToken(1, "u1");
    private static final UserEvent[] TAKEN = {
        new EmailConfirmed(1, "r", "e@x.io"),
        new EmailChanged(1, "e@x.io", "f@x.io", false),
        new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", "u1", UNTIL)
    };
    private static final UserState STATE = registeredAnd(TAKEN);

    @Test
    void restoresTheEmailConfirmedAndEndsSessionsAndPassword() {
        assertThat(decide(STATE, TOKEN, UNTIL.minusSeconds(1)))
                .isEqualTo(Decision.success(
                        Done.DONE,
                        new EmailChanged(1, "f@x.io", "e@x.io", false),
                        new EmailConfirmed(1, "u1", "e@x.io"),
                        new PasswordChanged(1, 1, null)));
        assertThat(UndoDecision.move(STATE, STATE.formerEmails().undos().getFirst()))
                .contains(new ClaimMove(Identifier.ofEmail("f@x.io"), Identifier.ofEmail("e@x.io"), false));
    }

    @Test
    void whoHasTheEmailAgainConfirmsItAndEndsSessionsAndPassword() {
        UserState back = STATE.after(new EmailChanged(1, "f@x.io", "e@x.io", false), 5);
        assertThat(decide(back, TOKEN, Instant.EPOCH))
                .isEqualTo(Decision.success(
                        Done.DONE, new EmailConfirmed(1, "u1", "e@x.io"), new PasswordChanged(1, 1, null)));
        assertThat(UndoDecision.move(back, back.formerEmails().undos().getFirst()))
                .isEmpty();
        UserState spelled = STATE.after(new EmailChanged(1, "f@x.io", "E@x.io", false), 5);
        assertThat(decide(spelled, TOKEN, Instant.EPOCH).events())
                .startsWith(new EmailChanged(1, "E@x.io", "e@x.io", true));
    }

    @Test
    void anyOtherTokenUndoesNothing() {
        for (String wrong : List.of(CODES.undoToken(1, "u2"), CODES.undoToken(2, "u1"), "", "1.")) {
            assertThat(decide(STATE, wrong, Instant.EPOCH)).isEqualTo(Decision.refused(Rule.BAD_UNDO));
        }
    }

    @Test
    void aTokenExpires() {
        assertThat(decide(STATE, TOKEN, UNTIL)).isEqualTo(Decision.refused(Rule.BAD_UNDO));
    }

    @Test
    void aTokenWorksOnce() {
        UserState state = STATE;
        for (UserEvent event : decide(STATE, TOKEN, Instant.EPOCH).events()) {
            state = state.after(event, state.version() + 1);
        }
        assertThat(state.profile().email()).isEqualTo("e@x.io");
        assertThat(state.profile().confirmedEmail()).isTrue();
        assertThat(decide(state, TOKEN, Instant.EPOCH)).isEqualTo(Decision.refused(Rule.BAD_UNDO));
    }

    /** Else somebody else could take the email that an earlier undo restores. */
    @Test
    void anEmailThatAnEarlierUndoRestoresStaysHeld() {
        UserState state = STATE;
        List<UserEvent> more = List.of(
                new EmailConfirmed(1, "r2", "f@x.io"),
                new EmailChanged(1, "f@x.io", "e@x.io", false),
                new NoticeRequested(1, List.of("email"), "f@x.io", "N", "en", "u2", UNTIL));
        for (UserEvent event : more) {
            state = state.after(event, state.version() + 1);
        }
        Optional<FormerEmails.Undo> later = UndoDecision.undo(
                state, new UndoEmailChange("1", CODES.undoToken(1, "u2"), "en", Instant.EPOCH), CODES);
        assertThat(UndoDecision.move(state, later.orElseThrow()))
                .contains(new ClaimMove(Identifier.ofEmail("e@x.io"), Identifier.ofEmail("f@x.io"), true));
    }

    @Test
    void theTokenHas128Bits() {
        assertThat(TOKEN).matches("1\\.[A-Za-z0-9_-]{22}");
    }

    private static Decision<Done> decide(UserState state, String token, Instant now) {
        Optional<FormerEmails.Undo> undo = UndoDecision.undo(state, new UndoEmailChange("1", token, "en", now), CODES);
        return UndoDecision.decide(state, undo);
    }
}
