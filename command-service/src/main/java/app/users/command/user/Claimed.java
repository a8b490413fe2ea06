package app.users.command.user;

import app.users.command.value.Identifier.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the identifiers that a user asked for; the others are the user's now.
 *
 * @param taken those that another user has
 * @param pending the one that another user has had unconfirmed for too long: this user has it in the profile, and can sign in by it
 *     after confirming it. Never both, so that a new user has a way to sign in
 */
public record Claimed(Set<Kind> taken, Optional<Kind> pending) {

    /** All are the user's. */
    public static final Claimed ALL = new Claimed(Set.of(), Optional.empty());

    public Claimed {
        taken = taken.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(taken));
    }

    public boolean isPending(Kind kind) {
        return pending.filter(kind::equals).isPresent();
    }
}
