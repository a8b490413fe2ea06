package app.users.command.user;

import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.FormerEmails.Undo;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores the email that a change replaced, for whoever has the token from the notice about the change. All sessions end, since
 * one of them made the change, and so does the password, which that session may have set: the owner resets it by the email.
 */
public final class UndoDecision {

    private UndoDecision() {}

    /** The change that the token undoes, if it is the token of one that can still be undone. */
    public static Optional<Undo> undo(UserState state, UndoEmailChange c, ConfirmationCode codes) {
        return state.formerEmails().undos().stream()
                .filter(undo -> c.now().isBefore(undo.until()))
                .filter(undo -> codes.isUndoToken(c.token(), state.id(), undo.request()))
                .findFirst();
    }

    /** The claim that moves back; empty if the present email is the restored one in another spelling. */
    public static Optional<ClaimMove> move(UserState state, Undo undo) {
        Identifier restored = Identifier.ofEmail(undo.email());
        return restored.equals(state.email())
                ? Optional.empty()
                : Optional.of(new ClaimMove(
                        state.email(),
                        restored,
                        state.formerEmails().before(undo).restores(state.email())));
    }

    /** @param undo none is possible if it is empty, or if another user has the email by now */
    public static Decision<Done> decide(UserState state, Optional<Undo> undo) {
        return undo.map(found -> new Decision<>(events(state, found), new Success<>(Done.DONE)))
                .orElseGet(() -> Decision.refused(Rule.BAD_UNDO));
    }

    private static List<UserEvent> events(UserState state, Undo undo) {
        List<UserEvent> events = new ArrayList<>();
        String email = state.profile().email();
        if (!email.equals(undo.email())) {
            events.add(new EmailChanged(
                    state.id(), email, undo.email(), move(state, undo).isEmpty()));
        }
        events.add(new EmailConfirmed(state.id(), undo.request(), undo.email()));
        events.add(new PasswordChanged(state.id(), state.epoch() + 1, null));
        return events;
    }
}
