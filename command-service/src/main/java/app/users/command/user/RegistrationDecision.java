package app.users.command.user;

import app.users.command.user.CodeRules.Granted;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.value.Identifier;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserRegistered;
import java.util.List;
import java.util.Optional;

/** The first decision about a user. */
public final class RegistrationDecision {

    private RegistrationDecision() {}

    /** What the user has to claim. */
    public static List<Identifier> identifiers(RegisterUser c) {
        return List.of(email(c), Identifier.ofNumber(c.texts().getOrDefault(Field.NUMBER, "")));
    }

    public static Identifier email(RegisterUser c) {
        return Identifier.ofEmail(c.texts().getOrDefault(Field.EMAIL, ""));
    }

    /**
     * Another user must have none of them.
     *
     * @throws TakenIdentifiers so that the transaction rolls back and no claim stays
     */
    public static void check(Claimed claimed) {
        if (!claimed.taken().isEmpty()) {
            throw new TakenIdentifiers(claimed.taken());
        }
    }

    /** @param code of the confirmation that was asked for with it, if the email may be sent one */
    public static List<UserEvent> events(RegisterUser c, Claimed claimed, Optional<Granted> code) {
        UserRegistered registered =
                Field.registered(Long.parseLong(c.id()), c.texts(), c.executor(), claimed.pending());
        UserState state = UserState.NONE.after(registered, 1);
        if (c.confirmation() == null || code.isEmpty()) {
            return List.of(registered);
        }
        return List.of(registered, CodeDecision.requested(state, c.confirmation(), code.get()));
    }
}
