package app.users.notification.ledger;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.notification.letters.Mail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the ledger that a sender has claimed.
 *
 * @param tries how often it was claimed, this time included
 * @param outcome what is known to have come of it but may not have been told yet
 * @param mail absent once the outcome is known
 */
public record LedgerEntry(
        String event,
        long user,
        long version,
        Kind kind,
        State state,
        Instant at,
        int tries,
        @Nullable DeliveryResult outcome,
        @Nullable Mail mail) {

    public MailState become(DeliveryResult outcome, Instant at) {
        return new MailState(user, version, event, kind, outcome.state(), at, outcome.reason());
    }
}
