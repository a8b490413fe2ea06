package app.users.command.aggregate;

import app.users.command.user.CodeDecision;
import app.users.command.user.CodeRequest;
import app.users.command.user.CodeRules;
import app.users.command.user.CodeRules.Asked;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.Tried;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Decision;
import app.users.command.user.Holder;
import app.users.command.user.Outcome.Done;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.user.UserState;
import app.users.command.value.Identifier;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent.PasswordResetRequested;
import java.util.Optional;

/** Decides on codes with what the database knows: who has the address, and what was counted. Counts in the same transaction. */
final class Codes {

    private final CodeRules rules;
    private final CodeTally tally;
    private final ResetCodes resets;
    private final Claims claims;
    private final TextMessages texts;

    Codes(CodeRules rules, CodeTally tally, ResetCodes resets, Claims claims, TextMessages texts) {
        this.rules = rules;
        this.tally = tally;
        this.resets = resets;
        this.claims = claims;
        this.texts = texts;
    }

    /** Compares codes and tokens. */
    ConfirmationCode comparison() {
        return rules.codes();
    }

    /**
     * A code that is asked for with the registration.
     *
     * @param pending whether another user has the address
     */
    Optional<Granted> atRegistration(RequestCode c, Identifier address, boolean pending) {
        return ask(c, Long.parseLong(c.id()), address, pending) instanceof Granted granted
                ? Optional.of(granted)
                : Optional.empty();
    }

    Decision<CodeRequest> request(UserState state, RequestCode c) {
        Identifier address = address(state, c.purpose());
        Holder holder = claims.holder(address, state.id());
        Decision<CodeRequest> decision = CodeDecision.settled(state, c, holder, texts)
                .orElseGet(() ->
                        CodeDecision.request(state, c, ask(c, state.id(), address, isPending(c.purpose(), holder))));
        decision.events().forEach(event -> {
            if (event instanceof PasswordResetRequested e) {
                String code = rules.codes().derive(e.purpose(), e.user(), e.address(), e.request());
                resets.keep(e.user(), e.request(), code, e.expires(), c.known());
            }
        });
        return decision;
    }

    /** @param holder of the address, as {@link #holder} found it */
    Decision<Done> give(UserState state, GiveCode c, Holder holder) {
        return CodeDecision.settled(state, c, holder)
                .orElseGet(() -> CodeDecision.give(
                        state, c, tried(state, c, isPending(c.use().purpose(), holder))));
    }

    /** Finds the other user who has claimed the address. A reset confirms no address, so no claim matters. */
    Holder holder(UserState state, GiveCode c) {
        return c.use() instanceof ResetPassword
                ? new Holder.NoOther()
                : claims.holder(address(state, c.use().purpose()), state.id());
    }

    /** The password was reset. */
    void used(UserState state) {
        resets.forget(state.id());
    }

    static Identifier address(UserState state, Purpose purpose) {
        return state.address(purpose).orElseGet(state::email);
    }

    /** Codes that reset the password are counted in another way. */
    private static boolean isPending(Purpose purpose, Holder holder) {
        return purpose != Purpose.PASSWORD && holder.loser().isPresent();
    }

    /** A code that is granted is counted. */
    private Asked ask(RequestCode c, long user, Identifier address, boolean pending) {
        Asked asked = rules.ask(tally.sent(c, user, address, pending), c.now());
        if (asked instanceof Granted) {
            tally.countSent(c, user, address, pending);
        }
        return asked;
    }

    /** A wrong code is counted. */
    private Tried tried(UserState state, GiveCode c, boolean pending) {
        Purpose purpose = c.use().purpose();
        Identifier address = address(state, purpose);
        Tried tried = rules.tried(
                state.proof(purpose),
                purpose,
                state.id(),
                c.code(),
                tally.wrong(purpose, state.id(), address, pending, c.now()),
                c.now());
        if (tried instanceof Wrong) {
            tally.countWrong(purpose, state.id(), address, pending, c.now());
        }
        return tried;
    }
}
