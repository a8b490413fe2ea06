package app.users.command.user;

import app.users.command.store.BySelf;
import app.users.command.value.Password;
import java.time.Instant;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What a user can be asked to do. Values have been checked for their form; the aggregate decides the rest. */
sealed interface UserCommand {

    /** The id of the user who is asked. */
    String id();

    /** @param confirmation what is asked for with it, unless the address has had enough codes */
    record RegisterUser(
            @TargetAggregateIdentifier String id,
            String surname,
            String name,
            String patronymic,
            String address,
            String email,
            String number,
            String passwordHash,
            boolean executor,
            @Nullable RequestEmailConfirmation confirmation)
            implements UserCommand, BySelf {}

    /**
     * A field that is null stays as it is.
     *
     * @param refused what breaks a rule of today; it succeeds where an earlier version stored the same value
     * @param language of the notice, if one is due
     */
    record ChangeProfile(
            @TargetAggregateIdentifier String id,
            @Nullable String surname,
            @Nullable String name,
            @Nullable String patronymic,
            @Nullable String address,
            @Nullable String email,
            @Nullable String number,
            @Nullable NewPassword password,
            @Nullable Boolean executor,
            Map<Field, String> refused,
            Precondition precondition,
            String language,
            Instant now)
            implements UserCommand {}

    /**
     * @param epoch in which the request was checked; the password takes effect only if that is not over
     * @param password in the clear, to be compared with the stored profile
     */
    record NewPassword(long epoch, Password password, String hash, String session) {}

    record RequestEmailConfirmation(
            @TargetAggregateIdentifier String id, String request, String language, Instant now)
            implements UserCommand {}

    record ConfirmEmail(@TargetAggregateIdentifier String id, String code, Instant now) implements UserCommand {}

    record RequestNumberConfirmation(
            @TargetAggregateIdentifier String id, String request, String language, Instant now)
            implements UserCommand {}

    record ConfirmNumber(@TargetAggregateIdentifier String id, String code, Instant now) implements UserCommand {}

    record RequestPasswordReset(@TargetAggregateIdentifier String id, String request, String language, Instant now)
            implements UserCommand {}

    /**
     * @param password in the clear, to be compared with the stored profile
     * @param language of the notice that tells of it
     */
    record ResetPassword(
            @TargetAggregateIdentifier String id,
            String code,
            Password password,
            String passwordHash,
            String language,
            Instant now)
            implements UserCommand {}

    record EraseUser(@TargetAggregateIdentifier String id, String receipt, Instant now, Precondition precondition)
            implements UserCommand {}
}
