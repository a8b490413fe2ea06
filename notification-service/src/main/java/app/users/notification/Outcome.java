package app.users.notification;

import app.users.events.MailState.State;
import org.jspecify.annotations.Nullable;

/** What came of a mail. All but {@link #UNREACHABLE} are for good. */
enum Outcome {
    SENT(State.SENT, null),
    /** Nobody answered, or the answer was to come again later. */
    UNREACHABLE(State.DEFERRED, "unreachable"),
    REFUSED(State.FAILED, "refused"),
    EXPIRED(State.FAILED, "expired"),
    /** A newer code was asked for before this one was on its way. */
    REPLACED(State.FAILED, "replaced"),
    ERASED(State.FAILED, "erased"),
    /** There is no gateway for text messages. */
    UNCONFIGURED(State.FAILED, "unconfigured");

    final State state;
    final @Nullable String reason;

    Outcome(State state, @Nullable String reason) {
        this.state = state;
        this.reason = reason;
    }
}
