package app.users.command.user;

import app.users.command.value.Email;
import app.users.command.value.Identifier;
import app.users.events.UserEvent;
import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeProven;
import app.users.events.UserEvent.CodeRequested;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberLost;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of which events a mail tells the user. */
public final class NoticeDecision {

    private static final String EMAIL = "email";

    private NoticeDecision() {}

    /**
     * How a notice is written.
     *
     * @param language as IETF tag
     * @param undo the id that the token is derived from which undoes a change of the email; null without one
     * @param undoUntil when that token expires
     */
    public record Writing(
            String language,
            @Nullable String undo,
            @Nullable Instant undoUntil) {

        /** Without a token. */
        public Writing(String language) {
            this(language, null, null);
        }
    }

    /**
     * The notice that tells of all of them, if any of them is worth one. It goes to the last email that the user confirmed: to an
     * address that nobody confirmed, strangers could have mails sent.
     *
     * @param before the state before them
     */
    public static Optional<NoticeRequested> notice(UserState before, List<UserEvent> events, Writing writing) {
        List<String> told = events.stream()
                .map(NoticeDecision::told)
                .flatMap(Optional::stream)
                .toList();
        return told.isEmpty()
                ? Optional.empty()
                : before.formerEmails()
                        .lastConfirmed()
                        .filter(to -> !isLost(to, events))
                        .map(to -> notice(before, told, to, writing));
    }

    private static boolean isLost(String email, List<UserEvent> events) {
        return events.stream()
                .anyMatch(event -> event instanceof EmailLost lost
                        && Identifier.ofEmail(lost.email()).equals(Identifier.ofEmail(email)));
    }

    /** A change can be undone if the email before it was confirmed. */
    private static NoticeRequested notice(UserState before, List<String> told, String to, Writing writing) {
        boolean undoable = told.contains(EMAIL) && before.profile().confirmedEmail();
        return new NoticeRequested(
                before.id(),
                told,
                Email.mailed(to),
                before.profile().name(),
                writing.language(),
                undoable ? writing.undo() : null,
                undoable ? writing.undoUntil() : null);
    }

    /** Another way to sign in than before. Another spelling of the same email is none. */
    private static Optional<String> told(UserEvent event) {
        return switch (event) {
            case EmailChanged e -> e.onlySpelling() ? Optional.empty() : Optional.of(EMAIL);
            case NumberChanged _ -> Optional.of("number");
            case PasswordChanged _ -> Optional.of("password");
            case UserRegistered _, ProfileChanged _, ExecutorChanged _, UserErased _ -> Optional.empty();
            case EmailLost _ -> Optional.of("email-lost");
            case NumberLost _ -> Optional.of("number-lost");
            case CodeRequested _, CodeFailed _, CodeProven _ -> Optional.empty();
            case SessionEnded _, SessionsEnded _, NoticeRequested _ -> Optional.empty();
        };
    }
}
