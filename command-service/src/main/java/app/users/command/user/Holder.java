package app.users.command.user;

import java.util.OptionalLong;

/** The other user, if there is one, whose claim stands against a confirmation. */
public sealed interface Holder {

    /** The claim belongs to the user or to no user: the user can confirm it. */
    record NoOther() implements Holder {}

    /** Another user, who has not confirmed it: that user loses it to whoever confirms it. */
    record Unconfirmed(long user) implements Holder {}

    /** Another user, who has confirmed it, or can still undo the change that gave it up. */
    record Another() implements Holder {}

    /** Who loses it when this user confirms it. */
    default OptionalLong loser() {
        return this instanceof Unconfirmed(long user) ? OptionalLong.of(user) : OptionalLong.empty();
    }
}
