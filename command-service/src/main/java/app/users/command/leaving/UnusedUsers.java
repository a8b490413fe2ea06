package app.users.command.leaving;

import app.users.command.aggregate.Commands;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.EraseUnused;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/** Erases users who never signed in and confirmed nothing, so that floods of registrations are cleaned up. */
public class UnusedUsers {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedUsers.class);
    private static final int AT_ONCE = 100;

    private final JdbcTemplate jdbc;
    private final Commands commands;
    private final Clock clock;
    private final Duration eraseAfter;

    UnusedUsers(JdbcTemplate jdbc, Commands commands, Clock clock, Duration eraseAfter) {
        this.jdbc = jdbc;
        this.commands = commands;
        this.clock = clock;
        this.eraseAfter = eraseAfter;
    }

    /** Page by page, in the order of registration; the command decides whether a user is really unused. */
    @Scheduled(initialDelay = 30, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    public void erase() {
        if (eraseAfter.isZero()) {
            return;
        }
        Instant now = clock.instant();
        Timestamp before = Timestamp.from(now.minus(eraseAfter));
        Timestamp from = new Timestamp(0);
        long last = 0;
        int erased = 0;
        List<Unused> page;
        do {
            page = jdbc.query(
                    "select user_id, created_at from credential where not used and created_at < ?"
                            + " and (created_at, user_id) > (?, ?) order by created_at, user_id limit " + AT_ONCE,
                    (row, i) -> new Unused(row.getLong(1), row.getTimestamp(2)),
                    before,
                    from,
                    last);
            for (Unused user : page) {
                erased += isErased(user, now) ? 1 : 0;
                from = user.since();
                last = user.id();
            }
        } while (page.size() == AT_ONCE && !Thread.currentThread().isInterrupted());
        if (erased > 0) {
            LOG.info("Erased {} users to whom nobody signed in within {}", erased, eraseAfter);
        }
    }

    /** If one erasure fails, the others still happen. */
    private boolean isErased(Unused user, Instant now) {
        try {
            return commands.send(new EraseUnused(Long.toString(user.id()), Receipt.newId(), now)) instanceof Success;
        } catch (RuntimeException e) {
            LOG.warn(
                    "User {} is unused and could not be erased; the next try is in an hour: {}",
                    user.id(),
                    e.toString());
            return false;
        }
    }

    private record Unused(long id, Timestamp since) {}
}
