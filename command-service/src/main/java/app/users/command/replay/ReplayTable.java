package app.users.command.replay;

import app.users.command.replay.Replay.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The replays in PostgreSQL. */
class ReplayTable {

    /** A user and the position of the first event. */
    record First(long position, String user) {}

    private static final int MOST_UNDER_WAY = 100;
    private static final Duration UNREAD = Duration.ofHours(1);

    private final JdbcTemplate jdbc;
    private final Clock clock;

    ReplayTable(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Nothing when one of this kind is under way. */
    Optional<Replay> addOfEverybody(Kind kind, long from, int perSecond) {
        return add(kind, from, 0, lastPosition(), perSecond);
    }

    /** Nothing when there is no such user, or the erasure is under way already. */
    Optional<Replay> addOfUser(Kind kind, long user, int perSecond) {
        return jdbc
                .queryForList(
                        "select global_index from domain_event_entry where aggregate_identifier = ? and sequence_number = 0",
                        Long.class,
                        Long.toString(user))
                .stream()
                .findFirst()
                .flatMap(position -> add(kind, 0, position, position, perSecond));
    }

    private Optional<Replay> add(Kind kind, long from, long next, long last, int perSecond) {
        return jdbc
                .query(
                        "insert into replay (kind, from_index, next_index, last_index, per_second, started_at)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing returning *",
                        Replay::read,
                        kind.stored(),
                        from,
                        next,
                        last,
                        perSecond,
                        now())
                .stream()
                .findFirst();
    }

    /** Of the last event in the store; -1 when there is none. */
    long lastPosition() {
        return jdbc.queryForList("select coalesce(max(global_index), -1) from domain_event_entry", Long.class)
                .getFirst();
    }

    List<Replay> underWay() {
        return jdbc.query(
                "select * from replay where ended_at is null order by id limit " + MOST_UNDER_WAY, Replay::read);
    }

    /** The one under way, else the last one. */
    Optional<Replay> latest(Kind kind) {
        return jdbc
                .query("select * from replay where kind = ? order by id desc limit 1", Replay::read, kind.stored())
                .stream()
                .findFirst();
    }

    Optional<Replay> find(long id) {
        return jdbc.query("select * from replay where id = ? and ended_at is null", Replay::read, id).stream()
                .findFirst();
    }

    /** Until the end of the transaction; nothing when it has ended, or another process has it. */
    Optional<Replay> lock(long id) {
        return jdbc
                .query(
                        "select * from replay where id = ? and ended_at is null for update skip locked",
                        Replay::read,
                        id)
                .stream()
                .findFirst();
    }

    /** From then on no further users are begun. */
    void abort(Kind kind) {
        jdbc.update("update replay set aborted = true where kind = ? and ended_at is null", kind.stored());
    }

    /** The users from the next one on. */
    List<First> users(long next, long last, int most) {
        return jdbc.query(
                "select global_index, aggregate_identifier from domain_event_entry"
                        + " where sequence_number = 0 and global_index between ? and ? order by global_index limit ?",
                (row, i) -> new First(row.getLong(1), row.getString(2)),
                next,
                last,
                most);
    }

    /** The user's first event at this position of the store or later. */
    Optional<Long> firstSequence(String user, long from) {
        return jdbc
                .queryForList(
                        "select sequence_number from domain_event_entry"
                                + " where aggregate_identifier = ? and global_index >= ? order by sequence_number limit 1",
                        Long.class,
                        user,
                        from)
                .stream()
                .findFirst();
    }

    void claim(Replay replay, long until) {
        jdbc.update("update replay set claimed_index = ? where id = ?", until, replay.id());
    }

    void advance(Replay replay, long next, long nextSequence, int sent) {
        jdbc.update(
                "update replay set next_index = ?, next_sequence = ?, sent = sent + ? where id = ?",
                next,
                nextSequence,
                sent,
                replay.id());
    }

    /** Keeps the latest replay of all users of each kind, and a replay of one user until its count was read. */
    void end(Replay replay) {
        jdbc.update("update replay set ended_at = ? where id = ?", now(), replay.id());
        switch (replay.kind()) {
            case ALL, CHECK ->
                jdbc.update(
                        "delete from replay where kind = ? and id < ?",
                        replay.kind().stored(),
                        replay.id());
            case USER ->
                jdbc.update(
                        "delete from replay where kind = 'user' and ended_at < ?",
                        Timestamp.from(clock.instant().minus(UNREAD)));
            case ERASURE -> jdbc.update("delete from replay where id = ?", replay.id());
        }
    }

    /** How many events were sent by a replay that has ended; forgets it. */
    long takeSent(long id) {
        return jdbc.queryForList("delete from replay where id = ? returning sent", Long.class, id).stream()
                .findFirst()
                .orElse(0L);
    }

    /** Who was erased since then, and whose tombstones have all been sent once. */
    List<Long> erasedSince(Instant since) {
        return jdbc.queryForList(
                "select user_id from erasure where erased_at > ? and published_at is not null",
                Long.class,
                Timestamp.from(since));
    }

    /** Whose tombstones are not all on the topic. */
    List<Long> erasedWithoutReceipt(Instant before) {
        return jdbc.queryForList(
                "select user_id from erasure where published_at is null and erased_at < ? limit " + MOST_UNDER_WAY,
                Long.class,
                Timestamp.from(before));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
