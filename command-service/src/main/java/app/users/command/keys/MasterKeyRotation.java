package app.users.command.keys;

import app.users.settings.InvalidSetting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wraps every user's key anew that another master key has wrapped, while everything else goes on. It only ever updates rows:
 * of a user who is erased meanwhile there is nothing to bring back. Does not start where there is a key that it has no
 * master key for.
 */
public final class MasterKeyRotation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeyRotation.class);
    private static final int BATCH = 500;
    private static final int TOLD_EVERY = 20 * BATCH;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** One row of each master key, by jumps through the index: there may be millions of rows and seldom more than two keys. */
    private static final String ONE_OF_EACH = """
            with recursive one as (
                (select user_id, wrapped, master_key from user_key order by coalesce(master_key, ''), user_id limit 1)
                union all
                select next.* from one, lateral (
                    select user_id, wrapped, master_key from user_key
                    where coalesce(master_key, '') > coalesce(one.master_key, '')
                    order by coalesce(master_key, ''), user_id limit 1) next)
            select user_id, wrapped, master_key from one""";

    /** What an erasure or another process holds is left for the next pass. */
    private static final String NEXT_OF_ONE = """
            select user_id, wrapped, master_key from user_key
            where coalesce(master_key, '') = coalesce(?, '') and user_id > ?
            order by user_id limit %d for update skip locked""".formatted(BATCH);

    private record Row(long user, WrappedKey key) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(row.getLong(1), new WrappedKey(row.getBytes(2), row.getString(3)));
        }
    }

    private record Batch(List<Row> rows, int rewrapped) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final UserKeys keys;
    private final MasterKeys masters;
    private final ExecutorService working = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("master-key-rotation").factory());
    private long rewrapped;

    MasterKeyRotation(JdbcTemplate jdbc, TransactionTemplate transactions, UserKeys keys, MasterKeys masters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.keys = keys;
        this.masters = masters;
    }

    /** May be repeated if it fails. */
    public void start() {
        check();
        working.execute(this::run);
    }

    /** Better no start than a service that answers for new users and fails for all others. */
    private void check() {
        for (Row row : oneOfEach()) {
            String fingerprint = row.key.masterKey();
            if (fingerprint == null ? !opens(row) : !masters.know(fingerprint)) {
                throw new InvalidSetting(
                        "users.master-key",
                        "is not the key that stored users' keys are wrapped under%s; set it back, or add that one to users.previous-master-keys"
                                .formatted(fingerprint == null ? "" : " (" + fingerprint + ")"));
            }
        }
    }

    private boolean opens(Row row) {
        return keys.rewrap(row.user, row.key).isPresent();
    }

    private void run() {
        while (!working.isShutdown()) {
            try {
                if (rewrapAll()) {
                    return;
                }
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("users' keys are wrapped anew when the database answers again: {}", e.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** False when somebody holds some of what is left. */
    private boolean rewrapAll() {
        List<Row> foreign = oneOfEach().stream()
                .filter(row -> !masters.isCurrent(row.key.masterKey()))
                .toList();
        if (foreign.isEmpty()) {
            tellTheEnd();
            return true;
        }
        long before = rewrapped;
        long unreadable = 0;
        for (Row row : foreign) {
            unreadable += rewrapLike(row);
        }
        if (unreadable > 0 && rewrapped == before) {
            LOG.error("{} users' keys open with no master key and are left as they are", unreadable);
            return true;
        }
        return false;
    }

    private void tellTheEnd() {
        if (rewrapped > 0) {
            LOG.info("{} users' keys have been wrapped anew under users.master-key", rewrapped);
        }
        if (masters.havePrevious()) {
            LOG.info("users.previous-master-keys is no longer needed, except for backups from before");
        }
    }

    /** All that are wrapped under the same master key; answers how many of them do not open. */
    private long rewrapLike(Row one) {
        long unreadable = 0;
        long after = Long.MIN_VALUE;
        Batch batch;
        do {
            long from = after;
            batch = Objects.requireNonNull(transactions.execute(_ -> rewrapNext(one, from)));
            rewrapped += batch.rewrapped;
            unreadable += batch.rows.size() - batch.rewrapped;
            if (rewrapped / TOLD_EVERY > (rewrapped - batch.rewrapped) / TOLD_EVERY) {
                LOG.info("{} users' keys have been wrapped anew so far", rewrapped);
            }
            after = batch.rows.isEmpty() ? after : batch.rows.getLast().user;
        } while (batch.rows.size() == BATCH && !working.isShutdown());
        return unreadable;
    }

    private Batch rewrapNext(Row one, long after) {
        List<Row> rows = jdbc.query(NEXT_OF_ONE, Row::of, one.key.masterKey(), after);
        List<Object[]> updates = new ArrayList<>();
        for (Row row : rows) {
            keys.rewrap(row.user, row.key)
                    .ifPresent(anew -> updates.add(new Object[] {anew.bytes(), anew.masterKey(), row.user}));
        }
        jdbc.batchUpdate("update user_key set wrapped = ?, master_key = ? where user_id = ?", updates);
        return new Batch(rows, updates.size());
    }

    private List<Row> oneOfEach() {
        return jdbc.query(ONE_OF_EACH, Row::of);
    }

    @Override
    public void close() {
        working.shutdownNow();
        try {
            boolean ignored = working.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
