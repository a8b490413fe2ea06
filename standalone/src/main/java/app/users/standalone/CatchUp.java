package app.users.standalone;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waits until something has caught up, as long as it moves, and says now and then how far it is.
 *
 * @param patience how long it waits without any progress
 * @param interval between two lines
 */
record CatchUp(Consumer<String> out, Duration patience, Duration interval) {

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** @param complete whether there is nothing left to wait for */
    record Progress(long done, long of, boolean complete) {}

    /**
     * @param what what is done with how many of how many: a format with two numbers
     * @return false if nothing moved for too long
     */
    boolean await(String what, Supplier<Progress> look) {
        long told = System.nanoTime();
        long moved = told;
        long done = Long.MIN_VALUE;
        while (true) {
            Progress now = look.get();
            if (now.complete()) {
                return true;
            }
            long time = System.nanoTime();
            if (now.done() != done) {
                done = now.done();
                moved = time;
            }
            if (time - moved > patience.toNanos()) {
                return false;
            }
            if (time - told > interval.toNanos()) {
                told = time;
                out.accept(what.formatted(now.done(), now.of()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
