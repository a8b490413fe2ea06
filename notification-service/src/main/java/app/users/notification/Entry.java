package app.users.notification;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the ledger that a sender has claimed.
 *
 * @param tries how often it was claimed, this time included
 * @param outcome what is known to have come of it but may not have been told yet
 * @param mail absent once the outcome is known
 */
record Entry(
        String event,
        long user,
        long version,
        Kind kind,
        State state,
        Instant at,
        int tries,
        @Nullable Outcome outcome,
        @Nullable Mail mail) {

    MailState become(Outcome outcome, Instant at) {
        return new MailState(user, version, event, kind, outcome.state, at, outcome.reason);
    }
}
