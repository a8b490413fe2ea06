package app.users.query.view;

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
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next view: a pure function of the last one and an event. */
public final class Fold {

    private Fold() {}

    /** @param view what was before; null only before the first event and before an erasure */
    public static UserView apply(@Nullable UserView view, UserEvent event, long version, Instant at) {
        if (event instanceof UserErased) {
            return erased(event.user(), version, at);
        }
        if (event instanceof UserRegistered e) {
            return registered(e, version, at);
        }
        if (view == null) {
            throw new IllegalArgumentException("the first event of user " + event.user() + " is no registration");
        }
        Draft draft = new Draft(view, version, at);
        return switch (event) {
            case UserRegistered e -> registered(e, version, at);
            case UserErased e -> erased(e.user(), version, at);
            case ProfileChanged e -> draft.profile(e).shown();
            case EmailChanged e -> draft.email(e).shown();
            case NumberChanged e -> draft.number(e).shown();
            case ExecutorChanged e -> draft.executor(e.to()).shown();
            case EmailConfirmed e -> draft.confirmedEmail(e.email()).shown();
            case NumberConfirmed e -> draft.confirmedNumber(e.number()).shown();
            case PasswordChanged e -> draft.epoch(e.epoch(), e.keeps()).hidden();
            case SessionsEnded e -> draft.epoch(e.epoch(), e.keeps()).hidden();
            case SessionEnded e -> draft.ended(e.session()).hidden();
            case EmailConfirmationRequested e -> draft.emailRequest(e).hidden();
            case EmailConfirmationFailed e -> draft.hidden();
            case NumberConfirmationRequested e -> draft.numberRequest(e).hidden();
            case NumberConfirmationFailed e -> draft.hidden();
            case NoticeRequested e -> draft.hidden();
            case PasswordResetRequested e -> draft.hidden();
            case PasswordResetFailed e -> draft.hidden();
        };
    }

    private static UserView registered(UserRegistered e, long version, Instant at) {
        return new UserView(
                e.user(),
                version,
                version,
                e.surname(),
                e.name(),
                e.patronymic(),
                e.address(),
                e.email(),
                e.number(),
                false,
                false,
                e.executor(),
                at,
                at,
                0,
                null,
                List.of(),
                null,
                null,
                false,
                null);
    }

    /** All that stays is that there was someone. */
    private static UserView erased(long user, long version, Instant at) {
        return new UserView(
                user, version, version, "", "", "", "", "", "", false, false, false, at, at, 0, null, List.of(), null,
                null, true, null);
    }

    static String changed(String before, @Nullable Change change) {
        return change == null ? before : change.to();
    }
}
