package app.users.command.sweep;

import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes rows in batches, each in a transaction of its own: however many there are, no transaction lasts long. Several
 * processes may sweep at once.
 */
public final class Sweep {

    private static final int BATCH = 1_000;

    private Sweep() {}

    /**
     * @param condition which rows; an index must serve it
     * @return how many rows were deleted
     */
    public static long delete(JdbcTemplate jdbc, String table, String condition, Object... values) {
        // once more outside: a row may change between the two
        String batch = "delete from %s where ctid = any (array(select ctid from %s where %s limit %d)) and (%s)"
                .formatted(table, table, condition, BATCH, condition);
        Object[] twice =
                Stream.concat(Arrays.stream(values), Arrays.stream(values)).toArray();
        long all = 0;
        int deleted;
        do {
            deleted = jdbc.update(batch, twice);
            all += deleted;
        } while (deleted == BATCH && !Thread.currentThread().isInterrupted());
        return all;
    }
}
