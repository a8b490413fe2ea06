package app.users.notification.delivery;

import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.LedgerEntry;
import app.users.notification.ledger.Way;
import app.users.notification.outage.OutageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A few threads that claim due mails of one way from the ledger: when the intake wakes them, else once a second. */
public final class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    private final Way way;
    private final Delivery delivery;
    private final Ledger ledger;
    private final Clock clock;
    private final int concurrency;
    private final Duration lease;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final OutageLog outages = new OutageLog(LOG);
    private final ReentrantLock turn = new ReentrantLock();
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean running;

    Dispatcher(Way way, Delivery delivery, Ledger ledger, Clock clock, DeliveryProperties settings) {
        this.way = way;
        this.delivery = delivery;
        this.ledger = ledger;
        this.clock = clock;
        this.concurrency = settings.concurrency();
        this.lease = settings.lease();
    }

    @Override
    public void start() {
        running = true;
        for (int i = 0; i < concurrency; i++) {
            String name = "notification-" + way.name().toLowerCase(Locale.ROOT) + "-" + i;
            threads.add(Thread.ofPlatform().daemon().name(name).start(this::run));
        }
    }

    /** Lets what is in hand come to its end, for a moment. */
    @Override
    public void stop() {
        running = false;
        wake();
        Instant patience = Instant.now().plus(TO_FINISH);
        for (Thread thread : threads) {
            try {
                boolean ended = thread.join(Duration.between(Instant.now(), patience));
                if (!ended) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Something may have come due. */
    public void wake() {
        bell.drainPermits();
        bell.release();
    }

    private void run() {
        try {
            while (running) {
                try {
                    LedgerEntry entry = next();
                    if (entry != null) {
                        handle(entry);
                    }
                } catch (RuntimeException e) {
                    outages.failed("nothing goes out at the moment: " + e);
                    rest();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped", e);
        }
    }

    /** One thread at a time claims or waits, so an idle queue costs one query a second. */
    private @Nullable LedgerEntry next() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            LedgerEntry entry = running ? ledger.claim(way, clock.instant(), lease) : null;
            outages.ended();
            if (entry == null) {
                rest();
            }
            return entry;
        } finally {
            turn.unlock();
        }
    }

    /** A mail that has outlived its lease in the hands of another thread here is left to that one. */
    private void handle(LedgerEntry entry) throws InterruptedException {
        if (!inHand.add(entry.event())) {
            return;
        }
        try {
            delivery.handle(entry);
        } finally {
            inHand.remove(entry.event());
        }
    }

    private void rest() throws InterruptedException {
        if (running) {
            boolean woken = bell.tryAcquire(1, TimeUnit.SECONDS);
            LOG.trace("woken: {}", woken);
        }
    }
}
