package app.users.command.replay;

import app.users.command.relay.OutageTolerant;
import java.time.Clock;
import java.time.Duration;

/**
 * Sends the tombstones of users who were erased lately again, so that a late duplicate of their events goes too, and those of
 * users whose tombstones were too many for one transaction of the relay.
 */
class ErasureUpkeep {

    private static final Duration LATELY = Duration.ofHours(25);

    /** The relay tells of most erasures within milliseconds, and of all when Kafka is back. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ReplayTable table;
    private final Replays replays;
    private final Clock clock;
    private final OutageTolerant repeating;
    private final OutageTolerant finishing;

    ErasureUpkeep(ReplayTable table, Replays replays, Clock clock) {
        this.table = table;
        this.replays = replays;
        this.clock = clock;
        repeating = new OutageTolerant(clock, "The repetition of tombstones waits for PostgreSQL");
        finishing = new OutageTolerant(clock, "Tombstones of erased users wait for PostgreSQL");
    }

    void repeat() {
        repeating.run(() -> table.erasedSince(clock.instant().minus(LATELY)).forEach(replays::ofErased));
    }

    void finish() {
        finishing.run(
                () -> table.erasedWithoutReceipt(clock.instant().minus(PAUSE)).forEach(replays::ofErased));
    }
}
