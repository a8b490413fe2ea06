package app.users.command.user;

import app.users.command.user.UserCommand.EndSession;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import java.util.Optional;

/** That sessions end before their time. Of an erased user there are none. */
public final class SessionDecision {

    private SessionDecision() {}

    /** @param ended whether the session stood until now */
    public static Optional<SessionEnded> end(UserState state, EndSession c, boolean ended) {
        return ended ? Optional.of(new SessionEnded(state.id(), c.session(), c.reason())) : Optional.empty();
    }

    public static Optional<SessionsEnded> endAll(UserState state) {
        return state.erased() ? Optional.empty() : Optional.of(new SessionsEnded(state.id(), state.epoch() + 1, null));
    }
}
