package app.users.events;

import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeRequested;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.IdentifierLost;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import org.jspecify.annotations.Nullable;

/** What reads show of a user: the fold of the events that are {@link UserEvent#visible()}. */
public record Profile(
        String surname,
        String name,
        String patronymic,
        String address,
        String email,
        String number,
        boolean confirmedEmail,
        boolean confirmedNumber,
        boolean executor) {

    /** Of nobody: before the first event, and after the erasure. */
    public static final Profile EMPTY = new Profile("", "", "", "", "", "", false, false, false);

    /** The profile after the next event of the user. */
    public Profile after(UserEvent event) {
        return switch (event) {
            case UserRegistered e -> registered(e);
            case ProfileChanged e -> changed(e);
            case EmailChanged e -> contact(e.to(), confirmedEmail && e.onlySpelling(), number, confirmedNumber);
            case NumberChanged e -> contact(email, confirmedEmail, e.to(), false);
            case EmailConfirmed e ->
                contact(email, confirmedEmail || e.email().equalsIgnoreCase(email), number, confirmedNumber);
            case NumberConfirmed e ->
                contact(
                        email,
                        confirmedEmail,
                        number,
                        confirmedNumber || e.number().equals(number));
            case ExecutorChanged e ->
                new Profile(surname, name, patronymic, address, email, number, confirmedEmail, confirmedNumber, e.to());
            case UserErased _ -> EMPTY;
            case PasswordChanged _, SessionEnded _, SessionsEnded _ -> this;
            case CodeRequested _, CodeFailed _, NoticeRequested _, IdentifierLost _ -> this;
        };
    }

    private static Profile registered(UserRegistered e) {
        return new Profile(
                e.surname(), e.name(), e.patronymic(), e.address(), e.email(), e.number(), false, false, e.executor());
    }

    private Profile changed(ProfileChanged e) {
        return new Profile(
                changed(surname, e.surname()),
                changed(name, e.name()),
                changed(patronymic, e.patronymic()),
                changed(address, e.address()),
                email,
                number,
                confirmedEmail,
                confirmedNumber,
                executor);
    }

    private static String changed(String before, @Nullable Change change) {
        return change == null ? before : change.to();
    }

    private Profile contact(String email, boolean confirmedEmail, String number, boolean confirmedNumber) {
        return new Profile(
                surname, name, patronymic, address, email, number, confirmedEmail, confirmedNumber, executor);
    }
}
