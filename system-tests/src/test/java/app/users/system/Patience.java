package app.users.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for something that is due: long enough for a busy machine, since waiting ends with the event. */
public final class Patience {

    static final Duration LONGEST = Duration.ofSeconds(60);

    private Patience() {}

    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LONGEST).pollInterval(Duration.ofMillis(50));
    }
}
