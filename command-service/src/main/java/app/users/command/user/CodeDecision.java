package app.users.command.user;

import app.users.command.user.CodeRules.Asked;
import app.users.command.user.CodeRules.Expired;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.NoCode;
import app.users.command.user.CodeRules.Right;
import app.users.command.user.CodeRules.TooMany;
import app.users.command.user.CodeRules.Tried;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.CodeUse;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Email;
import app.users.command.value.Identifier;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.CodeFailed;
import app.users.events.UserEvent.CodeRequested;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.NumberLost;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import java.util.List;
import java.util.Optional;

/**
 * Decides on requests for a code and on codes that were given. {@code settled} decides without the counts; only if
 * it is empty, the caller reads them.
 */
public final class CodeDecision {

    private CodeDecision() {}

    /**
     * The decision, if no count matters for it.
     *
     * @param holder of the address that the code would be sent to
     */
    public static Optional<Decision<CodeRequest>> settled(
            UserState state, RequestCode c, Holder holder, TextMessages texts) {
        return CodeDecision.<CodeRequest>gone(state)
                .or(() -> state.isConfirmed(c.purpose())
                        ? Optional.of(Decision.success(CodeRequest.ALREADY_CONFIRMED))
                        : Optional.empty())
                .or(() -> state.address(c.purpose()).isEmpty() || isResetElsewhere(c, holder)
                        ? Optional.of(Decision.refused(Rule.NO_CODE))
                        : Optional.empty())
                .or(() -> taken(holder))
                .or(() -> c.purpose() == Purpose.NUMBER
                                && !texts.reach(state.profile().number())
                        ? Optional.of(Decision.refused(Rule.NO_TEXT_MESSAGES))
                        : Optional.empty());
    }

    /** @param asked whether the user and the address may have another code */
    public static Decision<CodeRequest> request(UserState state, RequestCode c, Asked asked) {
        return switch (asked) {
            case Granted granted -> Decision.success(CodeRequest.SENT, requested(state, c, granted));
            case TooMany many -> tooMany(many);
        };
    }

    static CodeRequested requested(UserState s, RequestCode c, Granted code) {
        String name = s.profile().name();
        String number = s.profile().number();
        return switch (c.purpose()) {
            case EMAIL ->
                new EmailConfirmationRequested(
                        s.id(),
                        c.request(),
                        Email.mailed(s.profile().email()),
                        name,
                        c.language(),
                        code.expires(),
                        code.next());
            case NUMBER ->
                new NumberConfirmationRequested(
                        s.id(), c.request(), number, name, c.language(), code.expires(), code.next());
            case PASSWORD ->
                new PasswordResetRequested(
                        s.id(),
                        c.request(),
                        Email.mailed(s.recoveryEmail().orElseThrow()),
                        name,
                        c.language(),
                        code.expires());
        };
    }

    /**
     * The decision, if the code does not matter for it.
     *
     * @param holder of the address that the code would confirm
     */
    public static Optional<Decision<Done>> settled(UserState state, GiveCode c, Holder holder) {
        return CodeDecision.<Done>gone(state)
                .or(() -> state.isConfirmed(c.use().purpose())
                        ? Optional.of(Decision.refused(Rule.ALREADY_CONFIRMED))
                        : Optional.empty())
                .or(() -> taken(holder));
    }

    /** A former email can belong to another user by now, who must not reset this user's password. */
    private static boolean isResetElsewhere(RequestCode c, Holder holder) {
        return c.purpose() == Purpose.PASSWORD && holder instanceof Holder.Another;
    }

    private static <T> Optional<Decision<T>> taken(Holder holder) {
        return holder instanceof Holder.Another ? Optional.of(Decision.refused(Rule.TAKEN)) : Optional.empty();
    }

    /**
     * Another user has confirmed the identifier.
     *
     * @return nothing if it is not this user's any more
     */
    public static Decision<Done> lose(UserState state, Identifier identifier) {
        List<UserEvent> events = switch (identifier.kind()) {
            case EMAIL ->
                identifier.equals(state.email())
                        ? List.of(new EmailLost(state.id(), state.profile().email()))
                        : List.of();
            case NUMBER ->
                identifier.equals(state.number())
                        ? List.of(new NumberLost(state.id(), state.profile().number()))
                        : List.of();
        };
        return new Decision<>(events, new Success<>(Done.DONE));
    }

    /** A wrong code gives an event and a refusal. */
    public static Decision<Done> give(UserState state, GiveCode c, Tried tried) {
        return switch (tried) {
            case Right _ -> used(state, c.use());
            case Wrong _ ->
                Decision.refused(Rule.WRONG_CODE, failed(state, c.use().purpose()));
            case NoCode _ -> Decision.refused(Rule.NO_CODE);
            case Expired _ -> Decision.refused(Rule.EXPIRED_CODE);
            case TooMany many -> tooMany(many);
        };
    }

    private static Decision<Done> used(UserState state, CodeUse use) {
        String request = request(state, use.purpose());
        return switch (use) {
            case ConfirmEmail _ ->
                Decision.success(
                        Done.DONE,
                        new EmailConfirmed(state.id(), request, state.profile().email()));
            case ConfirmNumber _ ->
                Decision.success(
                        Done.DONE,
                        new NumberConfirmed(state.id(), request, state.profile().number()));
            // if it repeats own data, the code stays good for another password
            case ResetPassword reset ->
                OwnData.of(state.profile()).has(reset.password())
                        ? Decision.refused(Rule.OWN_DATA_PASSWORD)
                        : Decision.success(Done.DONE, new PasswordChanged(state.id(), state.epoch() + 1, null));
        };
    }

    private static CodeFailed failed(UserState state, Purpose purpose) {
        String request = request(state, purpose);
        return switch (purpose) {
            case EMAIL -> new EmailConfirmationFailed(state.id(), request);
            case NUMBER -> new NumberConfirmationFailed(state.id(), request);
            case PASSWORD -> new PasswordResetFailed(state.id(), request);
        };
    }

    private static String request(UserState state, Purpose purpose) {
        return String.valueOf(state.proof(purpose).request());
    }

    private static <T> Decision<T> tooMany(TooMany many) {
        return new Decision<>(List.of(), new Refusal<>(many.rule(), many.retryAfter()));
    }

    static <T> Optional<Decision<T>> gone(UserState state) {
        return state.erased() ? Optional.of(Decision.refused(Rule.GONE)) : Optional.empty();
    }
}
