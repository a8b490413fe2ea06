package app.users.command.store;

import app.users.settings.InvalidSetting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far this machine's clock is ahead of PostgreSQL's; negative when it is behind. Too much, and the service does not start. */
final class ClockSkew {

    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ClockSkew.class);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Duration most;

    ClockSkew(JdbcTemplate jdbc, Clock clock, Duration most) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.most = most;
    }

    void check() {
        Duration skew = measure();
        String found = "this machine's clock is %.1f s %s PostgreSQL's"
                .formatted(skew.abs().toMillis() / 1000.0, skew.isNegative() ? "behind" : "ahead of");
        if (skew.abs().compareTo(most) > 0) {
            throw new InvalidSetting(
                    "users.clock.max-skew",
                    "is %d s, and %s; set the clocks by NTP".formatted(most.toSeconds(), found));
        }
        if (skew.abs().compareTo(WORTH_TELLING) > 0) {
            LOG.warn("{}: tokens, codes and limits of several services then end at different times", found);
        }
    }

    /** Asks PostgreSQL, and takes its answer for the middle of the time that this took. */
    private Duration measure() {
        Instant asked = clock.instant();
        Instant there = jdbc.queryForObject(
                "select clock_timestamp()", (row, i) -> row.getTimestamp(1).toInstant());
        Instant answered = clock.instant();
        return Duration.between(
                there, asked.plus(Duration.between(asked, answered).dividedBy(2)));
    }

    /** Not a number when PostgreSQL does not answer. */
    double seconds() {
        try {
            return measure().toMillis() / 1000.0;
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
