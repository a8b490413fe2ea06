package app.users.notification.ledger;

import app.users.events.MailState.State;
import org.jspecify.annotations.Nullable;

/** What came of a mail. All but {@link #UNREACHABLE} are for good. */
public enum DeliveryResult {
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

    private final State state;
    private final @Nullable String reason;

    DeliveryResult(State state, @Nullable String reason) {
        this.state = state;
        this.reason = reason;
    }

    public State state() {
        return state;
    }

    /** Why it was deferred or failed; absent when it was sent. */
    public @Nullable String reason() {
        return reason;
    }
}
