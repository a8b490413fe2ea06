package app.users.command.aggregate;

import app.users.command.keys.KeyedHash;
import app.users.command.sweep.Sweep;
import app.users.command.user.CodeRules;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What was done within the last 24 hours, under a keyed hash of whom or what it was done to. It outlives the user, so
 * that leaving and registering again resets nothing, and knows no address.
 */
class Tally {

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Clock clock;

    Tally(JdbcTemplate jdbc, KeyedHash hash, Clock clock) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.clock = clock;
    }

    /** The newest ones, latest first. Whoever else asks for the same waits until the caller's transaction ends. */
    List<Instant> newest(String what, int most, Instant now) {
        byte[] key = hash.of("tally", what);
        jdbc.query(
                "select pg_advisory_xact_lock(?)",
                row -> {},
                ByteBuffer.wrap(key).getLong());
        return jdbc.query(
                "select at from tally where hash = ? and at > ? order by at desc limit ?",
                (row, i) -> row.getTimestamp(1).toInstant(),
                key,
                Timestamp.from(now.minus(CodeRules.DAY)),
                most);
    }

    void add(String what, Instant now) {
        jdbc.update("insert into tally (hash, at) values (?, ?)", hash.of("tally", what), Timestamp.from(now));
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void sweep() {
        var unused = Sweep.delete(
                jdbc, "tally", "at <= ?", Timestamp.from(clock.instant().minus(CodeRules.DAY)));
    }
}
