package app.users.command.user;

import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.Profile;
import app.users.events.UserEvent;
import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeProven;
import app.users.events.UserEvent.CodeRequested;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
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
import java.util.Optional;

/**
 * What decisions about a user need to know: the fold of the user's events.
 *
 * @param version of the last event
 * @param shown the version that an entity tag names: of the last event that changed what reads show
 * @param epoch counts the times all sessions were ended
 * @param formerEmails the emails of the user's past that still count
 */
public record UserState(
        long id,
        long version,
        long shown,
        Profile profile,
        long epoch,
        Proof emailProof,
        Proof numberProof,
        Proof reset,
        FormerEmails formerEmails,
        boolean erased) {

    /** Before the first event. */
    public static final UserState NONE =
            new UserState(0, 0, 0, Profile.EMPTY, 0, Proof.NONE, Proof.NONE, Proof.NONE, FormerEmails.NONE, false);

    /**
     * The state after the next event.
     *
     * @param newVersion of the event
     */
    public UserState after(UserEvent event, long newVersion) {
        UserState next = new UserState(
                event.user(),
                newVersion,
                event.visible() ? newVersion : shown,
                profile.after(event),
                epoch,
                emailProof,
                numberProof,
                reset,
                formerEmails.after(event),
                erased);
        return switch (event) {
            case UserRegistered _, ProfileChanged _, ExecutorChanged _ -> next;
            case SessionEnded _, NoticeRequested _ -> next;
            case EmailLost _ -> next.with(Purpose.EMAIL, Proof.NONE).withoutResetElsewhere(this);
            case NumberLost _ -> next.with(Purpose.NUMBER, Proof.NONE);
            case EmailChanged e ->
                e.onlySpelling() ? next : next.with(Purpose.EMAIL, Proof.NONE).withoutResetElsewhere(this);
            case NumberChanged _ -> next.with(Purpose.NUMBER, Proof.NONE);
            case PasswordChanged e ->
                // a signed-in session (perhaps of a thief) must not invalidate the reset code of the owner
                e.keeps() == null
                        ? next.inEpoch(e.epoch()).with(Purpose.PASSWORD, Proof.NONE)
                        : next.inEpoch(e.epoch());
            case SessionsEnded e -> next.inEpoch(e.epoch());
            case CodeRequested e -> next.with(e.purpose(), Proof.requested(e.request(), e.address(), e.expires()));
            case CodeFailed e -> next.with(e.purpose(), proof(e.purpose()).failedOnce());
            case EmailConfirmed _ -> next.with(Purpose.EMAIL, Proof.NONE).withoutResetElsewhere(this);
            case CodeProven e -> next.with(e.purpose(), Proof.NONE);
            case UserErased _ -> next.gone();
        };
    }

    public Proof proof(Purpose purpose) {
        return switch (purpose) {
            case EMAIL -> emailProof;
            case NUMBER -> numberProof;
            case PASSWORD -> reset;
        };
    }

    /** Whether control of the address has been shown. A reset is never: each needs a code of its own. */
    public boolean isConfirmed(Purpose purpose) {
        return switch (purpose) {
            case EMAIL -> profile.confirmedEmail();
            case NUMBER -> profile.confirmedNumber();
            case PASSWORD -> false;
        };
    }

    /** The address that codes for this purpose are sent to. Only for a reset there can be none. */
    public Optional<Identifier> address(Purpose purpose) {
        return switch (purpose) {
            case EMAIL -> Optional.of(email());
            case PASSWORD -> recoveryEmail().map(Identifier::ofEmail);
            case NUMBER -> Optional.of(number());
        };
    }

    /**
     * The email that can reset the password: the last confirmed one, or the one from the registration as long as it was never
     * changed. An email that was only typed in must not take the account.
     */
    public Optional<String> recoveryEmail() {
        return formerEmails
                .lastConfirmed()
                .or(() -> formerEmails.changed() ? Optional.empty() : Optional.of(profile.email()));
    }

    public Identifier email() {
        return Identifier.ofEmail(profile.email());
    }

    public Identifier number() {
        return Identifier.ofNumber(profile.number());
    }

    private UserState with(Purpose purpose, Proof proof) {
        return new UserState(
                id,
                version,
                shown,
                profile,
                epoch,
                purpose == Purpose.EMAIL ? proof : emailProof,
                purpose == Purpose.NUMBER ? proof : numberProof,
                purpose == Purpose.PASSWORD ? proof : reset,
                formerEmails,
                erased);
    }

    /** A code that resets the password ends when another email can reset it. */
    private UserState withoutResetElsewhere(UserState before) {
        return address(Purpose.PASSWORD).equals(before.address(Purpose.PASSWORD))
                ? this
                : with(Purpose.PASSWORD, Proof.NONE);
    }

    private UserState inEpoch(long newEpoch) {
        return new UserState(
                id, version, shown, profile, newEpoch, emailProof, numberProof, reset, formerEmails, erased);
    }

    private UserState gone() {
        return new UserState(
                id, version, shown, profile, epoch, emailProof, numberProof, reset, FormerEmails.NONE, true);
    }
}
