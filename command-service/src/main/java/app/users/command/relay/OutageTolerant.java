package app.users.command.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is due again and again anyway: after a failure it pauses, and an outage of an hour is one line in the log. */
public final class OutageTolerant {

    /** Each try may hold a connection until it gives up. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OutageTolerant.class);

    private final Clock clock;
    private final String meanwhile;
    private Instant resumes = Instant.MIN;
    private boolean failing;

    /** @param meanwhile a sentence: what waits, and what becomes of it */
    public OutageTolerant(Clock clock, String meanwhile) {
        this.clock = clock;
        this.meanwhile = meanwhile;
    }

    public void run(Runnable task) {
        if (clock.instant().isBefore(resumes)) {
            return;
        }
        try {
            task.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("{}: {}", meanwhile, e.toString());
            }
            failing = true;
            resumes = clock.instant().plus(PAUSE);
        }
    }
}
