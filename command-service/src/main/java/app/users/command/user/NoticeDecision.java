package app.users.command.user;

import app.users.command.value.Email;
import app.users.events.UserEvent;
import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeProven;
import app.users.events.UserEvent.CodeRequested;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.util.List;
import java.util.Optional;

/** Of which events a mail tells the user. */
public final class NoticeDecision {

    private NoticeDecision() {}

    /**
     * The notice that tells of all of them, if any of them is worth one.
     *
     * @param before the state before them: the notice goes to the former address
     */
    public static Optional<NoticeRequested> notice(UserState before, List<UserEvent> events, String language) {
        List<String> told = events.stream()
                .map(NoticeDecision::told)
                .flatMap(Optional::stream)
                .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new NoticeRequested(
                        before.id(),
                        told,
                        Email.mailed(before.profile().email()),
                        before.profile().name(),
                        language));
    }

    /** A new way to sign in. Another spelling of the same email is none. */
    private static Optional<String> told(UserEvent event) {
        return switch (event) {
            case EmailChanged e -> e.onlySpelling() ? Optional.empty() : Optional.of("email");
            case NumberChanged _ -> Optional.of("number");
            case PasswordChanged _ -> Optional.of("password");
            case UserRegistered _, ProfileChanged _, ExecutorChanged _, UserErased _ -> Optional.empty();
            case CodeRequested _, CodeFailed _, CodeProven _ -> Optional.empty();
            case SessionEnded _, SessionsEnded _, NoticeRequested _ -> Optional.empty();
        };
    }
}
