package app.users.command.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code replay}: which users' events are sent to the topic once more, and how far that is. A user's
 * position is that of the first event.
 *
 * @param from only events at this position of the store or later are sent
 * @param next the user whose turn is next
 * @param nextSequence that user's first event to send
 * @param claimed the last user of whom only some events may have been sent again; less than {@code next} when there is none
 * @param last the last user
 * @param sent how many events so far
 */
record Replay(
        long id,
        Kind kind,
        long from,
        long next,
        long nextSequence,
        long claimed,
        long last,
        int perSecond,
        long sent,
        Instant startedAt,
        @Nullable Instant endedAt,
        boolean aborted) {

    enum Kind {
        /** Everybody, because an operator asked for it. */
        ALL,
        /** Everybody, so that readers can compare their copies. */
        CHECK,
        /** One user, because an operator asked for it. */
        USER,
        /** One user who is erased: the events are tombstones. */
        ERASURE;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether there are users of whom only some events may have been sent again. */
    boolean hasBegunUsers() {
        return claimed >= next;
    }

    static Replay read(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Replay(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getLong("from_index"),
                row.getLong("next_index"),
                row.getLong("next_sequence"),
                row.getLong("claimed_index"),
                row.getLong("last_index"),
                row.getInt("per_second"),
                row.getLong("sent"),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getBoolean("aborted"));
    }
}
