package app.users.faults;

import app.users.system.Patience;
import java.time.Duration;

/**
 * Something that goes wrong with a system for a while. When it is over, the system must recover by itself.
 *
 * @param kills whether a process is killed
 * @param strike returns when the cause is gone
 */
record Fault(String name, boolean kills, Runnable strike) {

    static Fault kill(String name, Runnable strike) {
        return new Fault(name, true, strike);
    }

    static Fault outage(String name, Runnable strike) {
        return new Fault(name, false, strike);
    }

    /** Keeps an outage up for this time. */
    static void hold(Duration time) {
        if (time.isPositive()) {
            Patience.await("the end of an outage")
                    .atMost(time.plusMinutes(1))
                    .pollDelay(time)
                    .until(() -> true);
        }
    }
}
