package app.users.notification.letters;

import app.users.events.MailState.Kind;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.IdentifierLost;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail or text message that is due, with all that it takes to write it. The code is not in it.
 *
 * @param event the id of the event that asked for it, and of the message
 * @param request what the code is derived from; empty when there is none
 * @param undo what the token that undoes the change is derived from; null when there is none
 * @param expires when it is no longer worth sending
 */
public record Mail(
        String event,
        long user,
        long version,
        Kind kind,
        String to,
        String name,
        String language,
        String request,
        List<String> changed,
        @Nullable String undo,
        Instant expires) {

    /** News of a change that is older than this would only confuse. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** The mail that an event asks for, or null. */
    public static @Nullable Mail askedBy(UserEvent asking, long version, String id, Instant asked) {
        return switch (asking) {
            case EmailConfirmationRequested e ->
                code(id, version, Kind.EMAIL, e.user(), e.email(), e.name(), e.language(), e.request(), e.expires());
            case NumberConfirmationRequested e ->
                code(id, version, Kind.NUMBER, e.user(), e.number(), e.name(), e.language(), e.request(), e.expires());
            case PasswordResetRequested e ->
                code(id, version, Kind.PASSWORD, e.user(), e.email(), e.name(), e.language(), e.request(), e.expires());
            case NoticeRequested e ->
                new Mail(
                        id,
                        e.user(),
                        version,
                        Kind.NOTICE,
                        e.email(),
                        e.name(),
                        e.language(),
                        "",
                        e.changed(),
                        e.undo(),
                        e.undoUntil() == null ? asked.plus(LONGEST) : e.undoUntil());
            case UserRegistered _,
                    ProfileChanged _,
                    EmailChanged _,
                    NumberChanged _,
                    PasswordChanged _,
                    ExecutorChanged _,
                    EmailConfirmationFailed _,
                    EmailConfirmed _,
                    NumberConfirmationFailed _,
                    NumberConfirmed _,
                    PasswordResetFailed _,
                    SessionEnded _,
                    SessionsEnded _,
                    IdentifierLost _,
                    UserErased _ -> null;
        };
    }

    private static Mail code(
            String id,
            long version,
            Kind kind,
            long user,
            String to,
            String name,
            String language,
            String request,
            Instant expires) {
        return new Mail(id, user, version, kind, to, name, language, request, List.of(), null, expires);
    }

    public boolean hasCode() {
        return kind != Kind.NOTICE;
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }
}
