package app.users.notification.delivery;

import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.Way;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what became of mails by kind, and shows how many wait on each way. */
final class MailCounts {

    private final MeterRegistry meters;

    MailCounts(MeterRegistry meters, Ledger ledger) {
        this.meters = meters;
        for (Way way : Way.values()) {
            Gauge.builder("users.mails.waiting", ledger, l -> l.waiting(way))
                    .description("Mails and text messages that are not sent yet")
                    .tag("way", way.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    void count(Kind kind, State state) {
        meters.counter(
                        "users.mails",
                        "kind",
                        kind.name().toLowerCase(Locale.ROOT),
                        "state",
                        state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
