package app.users.command.aggregate;

import app.users.command.throttle.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Limits how often a user tries to change the email or the number. Each answer reveals whether another user has the address, and
 * each change can cause a mail to it.
 */
final class AddressChanges {

    private final Tally tally;
    private final Limit limit;

    AddressChanges(Tally tally, Limit limit) {
        this.tally = tally;
        this.limit = limit;
    }

    /**
     * Counts a try, unless there were too many.
     *
     * @return how long to wait before the next one; zero if this one may be made
     */
    Duration count(long user, Instant now) {
        String what = "address-change/of/" + user;
        List<Instant> tries = tally.newest(what, Math.toIntExact(limit.count()), now);
        if (tries.size() == limit.count()) {
            Duration wait = Duration.between(now, tries.getLast().plus(limit.per()));
            if (wait.isPositive()) {
                return wait;
            }
        }
        tally.add(what, now);
        return Duration.ZERO;
    }
}
