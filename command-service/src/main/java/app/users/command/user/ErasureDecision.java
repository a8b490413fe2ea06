package app.users.command.user;

import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.UserCommand.EraseByOperator;
import app.users.command.user.UserCommand.EraseUser;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent.UserErased;
import java.util.Optional;

/** The last decision about a user. */
public final class ErasureDecision {

    private ErasureDecision() {}

    /** The refusal, if the user is already erased or the precondition fails. Otherwise empty. */
    public static Optional<Decision<Done>> refusal(UserState state, EraseUser c) {
        return CodeDecision.<Done>gone(state).or(() -> ChangeDecision.stale(state, c.precondition()));
    }

    /**
     * The refusal, if somebody confirmed an address of the user or signed in. Otherwise empty.
     *
     * @param unused whether nobody ever signed in
     */
    public static Optional<Decision<Done>> refusal(UserState state, boolean unused) {
        boolean confirmed = state.isConfirmed(Purpose.EMAIL) || state.isConfirmed(Purpose.NUMBER);
        return CodeDecision.<Done>gone(state)
                .or(() -> confirmed || !unused ? Optional.of(Decision.refused(Rule.IN_USE)) : Optional.empty());
    }

    /** The refusal, if the user is already erased. Otherwise empty. */
    public static Optional<Decision<Done>> refusal(UserState state) {
        return CodeDecision.gone(state);
    }

    public static Decision<Done> decide(UserState state, EraseByOperator c) {
        return Decision.success(Done.DONE, UserErased.byOperator(state.id(), c.reason()));
    }

    public static Decision<Done> decide(UserState state) {
        return Decision.success(Done.DONE, new UserErased(state.id()));
    }
}
