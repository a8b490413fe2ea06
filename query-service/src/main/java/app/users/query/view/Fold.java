package app.users.query.view;

import app.users.events.UserEvent;
import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeProven;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.IdentifierLost;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next view: a pure function of the last one and an event. */
public final class Fold {

    private Fold() {}

    /** @param view what was before; null only before the first event and before an erasure */
    public static UserView apply(@Nullable UserView view, UserEvent event, long version, Instant at) {
        Draft draft = new Draft(before(view, event, at), version, at).profile(event);
        Draft next = switch (event) {
            case UserRegistered _, ProfileChanged _, ExecutorChanged _, CodeProven _ -> draft;
            case EmailChanged e -> e.onlySpelling() ? draft : draft.emailRequestOutdated();
            case NumberChanged _ -> draft.numberRequestOutdated();
            case PasswordChanged e -> draft.epoch(e.epoch(), e.keeps());
            case SessionsEnded e -> draft.epoch(e.epoch(), e.keeps());
            case SessionEnded e -> draft.ended(e.session());
            case EmailConfirmationRequested e -> draft.emailRequest(e);
            case NumberConfirmationRequested e -> draft.numberRequest(e);
            case PasswordResetRequested _, CodeFailed _, NoticeRequested _, IdentifierLost _ -> draft;
            case UserErased _ -> draft.erased();
        };
        return event.visible() ? next.shown() : next.hidden();
    }

    /** A registration begins with nothing. An erasure leaves nothing but that there was a user. */
    private static UserView before(@Nullable UserView view, UserEvent event, Instant at) {
        if (event instanceof UserRegistered || event instanceof UserErased) {
            return UserView.unknown(event.user(), at);
        }
        if (view == null) {
            throw new IllegalArgumentException("the first event of user " + event.user() + " is no registration");
        }
        return view;
    }
}
