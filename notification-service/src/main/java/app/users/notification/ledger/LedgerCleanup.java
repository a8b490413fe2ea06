package app.users.notification.ledger;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;

/** Every hour: forgets the mails that nothing can bring up again. */
class LedgerCleanup {

    private final Ledger ledger;
    private final Clock clock;

    LedgerCleanup(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void run() {
        ledger.forgetBefore(clock.instant().minus(Retention.REMEMBERED));
    }
}
