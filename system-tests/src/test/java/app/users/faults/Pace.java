package app.users.faults;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets all clients together begin so many commands a second: restarts need the processors too. */
final class Pace implements AutoCloseable {

    private final Semaphore permits = new Semaphore(0);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Pace(int perSecond) {
        clock.scheduleAtFixedRate(() -> release(perSecond), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    /** Permits that were not used within a second expire. */
    private void release(int most) {
        if (permits.availablePermits() < most) {
            permits.release();
        }
    }

    void await() {
        permits.acquireUninterruptibly();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
