package app.users.command.user;

import app.users.events.UserEvent;
import app.users.events.UserEvent.UserRegistered;

/** The state of a user to whom something happened. */
final class History {

    static final UserRegistered REGISTERED = new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+79967348137", true);

    private History() {}

    /** After the registration and then these events. */
    static UserState registeredAnd(UserEvent... events) {
        return after(REGISTERED, events);
    }

    static UserState after(UserRegistered registered, UserEvent... events) {
        UserState state = UserState.NONE.after(registered, 1);
        for (UserEvent event : events) {
            state = state.after(event, state.version() + 1);
        }
        return state;
    }
}
