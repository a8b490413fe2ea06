package app.users.command.user;

import java.util.OptionalLong;

/** Who has the email or number that a user wants to confirm. */
public sealed interface Holder {

    /** The user, or nobody: the user can confirm it. */
    record Nobody() implements Holder {}

    /** Another user, who has not confirmed it: that user loses it to whoever confirms it. */
    record Unconfirmed(long user) implements Holder {}

    /** Another user, who has confirmed it, or can still undo the change that gave it up. */
    record Another() implements Holder {}

    /** Who loses it when this user confirms it. */
    default OptionalLong loser() {
        return this instanceof Unconfirmed(long user) ? OptionalLong.of(user) : OptionalLong.empty();
    }
}
