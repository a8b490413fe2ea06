package app.users.command.user;

import app.users.command.value.Password;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent.SessionEnded.Reason;
import java.time.Instant;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What a user can be asked to do. Values have been checked for their form; decisions follow the other rules. */
public sealed interface UserCommand {

    /** The id of the user who is asked. */
    String id();

    /** A command that replies with an {@link Outcome}. */
    sealed interface Answered<T> extends UserCommand {}

    /**
     * @param texts of the profile, each field
     * @param confirmation the code that is asked for with it, unless the address has had enough codes
     */
    record RegisterUser(
            @TargetAggregateIdentifier String id,
            Map<Field, String> texts,
            boolean executor,
            String passwordHash,
            @Nullable RequestCode confirmation)
            implements UserCommand, BySelf {}

    /**
     * A field that is absent or null stays as it is.
     *
     * @param texts of the profile
     * @param invalid what breaks a rule of today; it succeeds where an earlier version stored the same value
     * @param language of the notice, if one is due
     * @param undo the id of the undo, if the email changes
     */
    record ChangeProfile(
            @TargetAggregateIdentifier String id,
            Map<Field, String> texts,
            @Nullable NewPassword password,
            @Nullable Boolean executor,
            Map<Field, String> invalid,
            Precondition precondition,
            String language,
            String undo,
            Instant now)
            implements Answered<FieldResults> {}

    /**
     * @param epoch in which the request was checked; the password takes effect only if that is not over
     * @param password in the clear, to be compared with the stored profile
     */
    record NewPassword(long epoch, Password password, String hash, String session) {}

    /**
     * @param request the id that the code is derived from
     * @param language of the message
     * @param known whether somebody who did not sign in asks from a network that the user signs in from; those codes are counted
     *     apart, so that strangers cannot use them up
     */
    record RequestCode(
            @TargetAggregateIdentifier String id,
            Purpose purpose,
            String request,
            String language,
            boolean known,
            Instant now)
            implements Answered<CodeRequest> {

        /** Asked for by the user. */
        public RequestCode(String id, Purpose purpose, String request, String language, Instant now) {
            this(id, purpose, request, language, false, now);
        }
    }

    record GiveCode(@TargetAggregateIdentifier String id, CodeUse use, String code, Instant now)
            implements Answered<Outcome.Done> {}

    /** What a right code does. */
    sealed interface CodeUse {

        /** Of the notice that tells of it: after a reset to the user, after a confirmation to another user who loses the address. */
        String language();

        default Purpose purpose() {
            return switch (this) {
                case ConfirmEmail _ -> Purpose.EMAIL;
                case ConfirmNumber _ -> Purpose.NUMBER;
                case ResetPassword _ -> Purpose.PASSWORD;
            };
        }
    }

    record ConfirmEmail(String language) implements CodeUse {}

    record ConfirmNumber(String language) implements CodeUse {}

    /** @param password in the clear, to be compared with the stored profile */
    record ResetPassword(Password password, String hash, String language) implements CodeUse {}

    /**
     * Restores a former email.
     *
     * @param token from the notice about the change
     * @param language of the notice, if one is due
     */
    record UndoEmailChange(@TargetAggregateIdentifier String id, String token, String language, Instant now)
            implements Answered<Outcome.Done>, BySelf {}

    /** Ends one session, so that every service refuses its tokens. */
    record EndSession(@TargetAggregateIdentifier String id, String session, Reason reason) implements UserCommand {}

    /** Ends the session whose refresh token was shown, without an access token. */
    record SignOut(@TargetAggregateIdentifier String id, String session) implements UserCommand, BySelf {}

    /** Ends every session, so that every service refuses their tokens. */
    record EndAllSessions(@TargetAggregateIdentifier String id) implements UserCommand {}

    /** Erases a user who never signed in and confirmed nothing. */
    record EraseUnused(@TargetAggregateIdentifier String id, String receipt, Instant now)
            implements Answered<Outcome.Done> {}

    /**
     * Erases a user who cannot sign in.
     *
     * @param reason why; printable text without personal data
     */
    record EraseByOperator(@TargetAggregateIdentifier String id, String receipt, Instant now, String reason)
            implements Answered<Outcome.Done> {}

    record EraseUser(@TargetAggregateIdentifier String id, String receipt, Instant now, Precondition precondition)
            implements Answered<Outcome.Done> {}
}
