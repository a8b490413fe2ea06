package app.users.command.user;

import app.users.command.store.KeyedHash;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Mails and wrong guesses per address and day, counted under its keyed hash: leaving and registering again resets nothing. */
final class AddressCounts {

    static final Duration COOL_DOWN = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MAILS_A_DAY = 10;
    private static final int FAILURES_A_DAY = 20;

    private record Count(Instant dayStarts, int mails, int failures, Instant lastMail) {

        boolean isOver(Instant now) {
            return !now.isBefore(dayStarts.plus(DAY));
        }
    }

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;

    AddressCounts(JdbcTemplate jdbc, KeyedHash hash) {
        this.jdbc = jdbc;
        this.hash = hash;
    }

    /** Counts one mail, or says how long to wait for the next. */
    Duration countMail(String address, Instant now) {
        Count count = current(address, now);
        if (count.mails() >= MAILS_A_DAY) {
            return Duration.between(now, count.dayStarts().plus(DAY));
        }
        Duration wait = Duration.between(now, count.lastMail().plus(COOL_DOWN));
        if (wait.isPositive()) {
            return wait;
        }
        jdbc.update(
                "update confirmation_count set mails = mails + 1, last_mail = ? where hash = ?",
                Timestamp.from(now),
                key(address));
        return Duration.ZERO;
    }

    /** How long no code can be tried for this address; zero when one can. */
    Duration failuresLeft(String address, Instant now) {
        Count count = current(address, now);
        return count.failures() < FAILURES_A_DAY
                ? Duration.ZERO
                : Duration.between(now, count.dayStarts().plus(DAY));
    }

    void countFailure(String address, Instant now) {
        current(address, now);
        jdbc.update("update confirmation_count set failures = failures + 1 where hash = ?", key(address));
    }

    /** Locks the row, so that two requests at once are counted one after the other. */
    private Count current(String address, Instant now) {
        byte[] key = key(address);
        jdbc.update(
                "insert into confirmation_count (hash, day_starts, mails, failures, last_mail) values (?, ?, 0, 0, ?)"
                        + " on conflict do nothing",
                key,
                Timestamp.from(now),
                Timestamp.from(now.minus(DAY)));
        Count count = read(key).getFirst();
        if (count.isOver(now)) {
            jdbc.update(
                    "update confirmation_count set day_starts = ?, mails = 0, failures = 0 where hash = ?",
                    Timestamp.from(now),
                    key);
            return read(key).getFirst();
        }
        return count;
    }

    private List<Count> read(byte[] key) {
        return jdbc.query(
                "select day_starts, mails, failures, last_mail from confirmation_count where hash = ? for update",
                (row, i) -> new Count(
                        row.getTimestamp(1).toInstant(),
                        row.getInt(2),
                        row.getInt(3),
                        row.getTimestamp(4).toInstant()),
                key);
    }

    private byte[] key(String address) {
        return hash.of("confirmation", address);
    }
}
