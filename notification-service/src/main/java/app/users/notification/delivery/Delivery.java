package app.users.notification.delivery;

import app.users.events.MailState;
import app.users.events.MailState.State;
import app.users.notification.ledger.DeliveryResult;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.LedgerEntry;
import app.users.notification.ledger.MailStateTopic;
import app.users.notification.letters.Mail;
import app.users.notification.outage.OutageLog;
import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one mail and records the outcome. A temporary failure defers the mail. An outcome is written to the
 * ledger, then published, then marked as final. After a crash between these steps it is published again; the mail
 * is not sent again.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int LONGEST_WAIT_SECONDS = 30;
    private static final Duration BETWEEN_NOTES = Duration.ofMillis(500);

    private final OutageLog outages = new OutageLog(LOG);
    private final Function<Mail, DeliveryResult> way;
    private final Ledger ledger;
    private final MailStateTopic states;
    private final MailCounts counts;
    private final Clock clock;

    Delivery(Function<Mail, DeliveryResult> way, Ledger ledger, MailStateTopic states, MailCounts counts, Clock clock) {
        this.way = way;
        this.ledger = ledger;
        this.states = states;
        this.counts = counts;
        this.clock = clock;
    }

    void handle(LedgerEntry entry) throws InterruptedException {
        if (entry.outcome() != null) {
            tell(entry, entry.become(entry.outcome(), entry.at()));
            return;
        }
        DeliveryResult outcome = attempt(entry.mail());
        Instant now = clock.instant();
        if (outcome.state() == State.DEFERRED) {
            counts.count(entry.kind(), outcome.state());
            defer(entry, entry.become(outcome, now));
        } else {
            note(entry, outcome, now);
            tell(entry, entry.become(outcome, now));
        }
    }

    private DeliveryResult attempt(@Nullable Mail mail) {
        return mail == null || mail.isExpired(clock.instant()) ? DeliveryResult.EXPIRED : way.apply(mail);
    }

    /** Told once, not at each try; if it could not be told, at the next one. */
    private void defer(LedgerEntry entry, MailState state) {
        boolean told = entry.state() == State.DEFERRED || isTold(state);
        ledger.defer(
                entry, told ? State.DEFERRED : entry.state(), told ? state.at() : entry.at(), later(entry, state.at()));
    }

    private boolean isTold(MailState state) {
        try {
            states.publish(List.of(state));
            outages.ended();
            return true;
        } catch (IllegalStateException e) {
            outages.failed(e.toString());
            return false;
        }
    }

    /** Retries until MongoDB has the outcome: otherwise an outage at this moment would send the mail again. */
    private void note(LedgerEntry entry, DeliveryResult outcome, Instant now) throws InterruptedException {
        while (true) {
            try {
                ledger.note(entry, outcome, now);
                return;
            } catch (MongoException e) {
                outages.failed("outcomes cannot be noted: " + e);
                Thread.sleep(BETWEEN_NOTES);
            }
        }
    }

    private void tell(LedgerEntry entry, MailState state) {
        if (isTold(state)) {
            ledger.finish(state);
            counts.count(state.kind(), state.state());
        } else {
            ledger.tellAgain(entry, later(entry, clock.instant()));
        }
    }

    private static Instant later(LedgerEntry entry, Instant now) {
        int doublings = Math.min(entry.tries() - 1, 5);
        return now.plusSeconds(Math.min(1L << doublings, LONGEST_WAIT_SECONDS));
    }
}
