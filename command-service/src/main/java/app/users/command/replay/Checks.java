package app.users.command.replay;

import app.users.command.replay.Replay.Kind;
import java.time.Clock;
import java.time.Duration;

/**
 * Sends everybody's events once more, again and again, each time within the set duration. Readers compare their copies with
 * what comes, and mend them: no copy stays wrong for longer than that, whatever made it wrong.
 */
class Checks {

    private final ReplayTable table;
    private final Duration within;
    private final Clock clock;

    /** @param within how long one pass over all users takes; zero for none */
    Checks(ReplayTable table, Duration within, Clock clock) {
        this.table = table;
        this.within = within;
        this.clock = clock;
    }

    void startWhenDue() {
        if (within.isZero() || isUnderWayOrRecent()) {
            return;
        }
        // a quarter faster than needed, for what is added meanwhile and for outages
        long perSecond = 1 + table.lastPosition() * 5 / 4 / Math.max(1, within.toSeconds());
        var unused = table.addOfEverybody(Kind.CHECK, 0, (int) Math.min(perSecond, Integer.MAX_VALUE));
    }

    private boolean isUnderWayOrRecent() {
        return table.latest(Kind.CHECK)
                .filter(check -> check.endedAt() == null
                        || check.startedAt().plus(within).isAfter(clock.instant()))
                .isPresent();
    }

    /** How far the current pass over all users is, from 0 to 1; 1 when no pass is under way. */
    double progress() {
        return table.latest(Kind.CHECK)
                .filter(check -> check.endedAt() == null && check.last() >= 0)
                .map(check -> Math.min(1, (double) check.next() / (check.last() + 1)))
                .orElse(1.0);
    }
}
