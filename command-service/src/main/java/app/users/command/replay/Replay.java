package app.users.command.replay;

import app.users.command.relay.OutageTolerant;
import app.users.command.relay.Publication;
import app.users.command.relay.Relay;
import app.users.command.relay.RelayPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends stored events to the topic once more: one user's at once, or all from a position on, in steps that leave room for
 * what happens meanwhile. Takes turns with the {@link Relay}. A replay survives its process: any other goes on with it.
 */
class Replay {

    /** Less than the longest transaction of the database role. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int STEPS_A_SECOND = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    /**
     * How far one is.
     *
     * @param next the position in the store that comes next
     * @param last the last position it sends; what came later is the relay's
     * @param sent how many events so far
     */
    record Progress(
            long id,
            long next,
            long last,
            int perSecond,
            long sent,
            Instant startedAt,
            @Nullable Instant endedAt,
            boolean aborted) {}

    private final EventStorageEngine store;
    private final Publication publication;
    private final RelayPosition relay;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final OutageTolerant tolerant;

    Replay(
            EventStorageEngine store,
            Publication publication,
            RelayPosition relay,
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            Clock clock) {
        this.store = store;
        this.publication = publication;
        this.relay = relay;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        tolerant = new OutageTolerant(clock, "A replay waits for PostgreSQL and Kafka and goes on later");
    }

    /** Sends all of the user's events, in order, nothing else of ours between them; how many. */
    long ofUser(long user) {
        return transactions.execute(status -> {
            publication.takeTurn();
            try (Stream<? extends DomainEventMessage<?>> events =
                    store.readEvents(Long.toString(user)).asStream()) {
                return send(events.toList());
            }
        });
    }

    /**
     * @param from the position in the store to begin with
     * @param perSecond most events a second
     * @return nothing when one is under way
     */
    Optional<Progress> start(long from, int perSecond) {
        // what is not yet sent for the first time must not come before what is
        long last = relay.next() - 1;
        try {
            jdbc.update(
                    "insert into replay (next_index, last_index, per_second, started_at) values (?, ?, ?, ?)",
                    from,
                    last,
                    perSecond,
                    Timestamp.from(clock.instant()));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        return latest();
    }

    /** The one under way, else the last one. */
    Optional<Progress> latest() {
        return jdbc.query("select * from replay order by id desc limit 1", Replay::progress).stream()
                .findFirst();
    }

    /** What was sent stays sent. */
    Optional<Progress> abort() {
        jdbc.update(
                "update replay set ended_at = ?, aborted = true where ended_at is null",
                Timestamp.from(clock.instant()));
        return latest();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void run() {
        tolerant.run(() -> {
            long pause = step();
            while (pause > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(pause);
                pause = step();
            }
        });
    }

    /** Nanoseconds to wait before the next step; zero when there is none. */
    private long step() {
        long begun = System.nanoTime();
        boolean more = transactions.execute(status -> {
            Optional<Progress> progress = underWay();
            if (progress.isPresent()) {
                publication.takeTurn();
                advance(progress.get());
            }
            return progress.isPresent();
        });
        return more ? Math.max(1, TimeUnit.SECONDS.toNanos(1) / STEPS_A_SECOND - (System.nanoTime() - begun)) : 0;
    }

    /** Nothing too when another process is at it. */
    private Optional<Progress> underWay() {
        return jdbc
                .query("select * from replay where ended_at is null for update skip locked", Replay::progress)
                .stream()
                .findFirst();
    }

    private void advance(Progress progress) {
        int most = Math.max(1, progress.perSecond() / STEPS_A_SECOND);
        List<TrackedEventMessage<?>> events = read(progress, most);
        long sent =
                send(events.stream().map(event -> (DomainEventMessage<?>) event).toList());
        boolean done = sent < most;
        jdbc.update(
                "update replay set next_index = ?, sent = sent + ?, ended_at = ? where id = ?",
                done ? progress.last() + 1 : position(events.getLast()) + 1,
                sent,
                done ? Timestamp.from(clock.instant()) : null,
                progress.id());
        if (done) {
            LOG.info("Replayed {} events.", progress.sent() + sent);
        }
    }

    private List<TrackedEventMessage<?>> read(Progress progress, int most) {
        var before = GapAwareTrackingToken.newInstance(progress.next() - 1, List.of());
        try (Stream<? extends TrackedEventMessage<?>> events = store.readEvents(before, false)) {
            List<TrackedEventMessage<?>> read = new ArrayList<>();
            events.takeWhile(event -> position(event) <= progress.last())
                    .limit(most)
                    .forEach(read::add);
            return read;
        }
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    private long send(List<? extends DomainEventMessage<?>> events) {
        var unused = publication.publish(events, PATIENCE);
        return events.size();
    }

    private static Progress progress(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Progress(
                row.getLong("id"),
                row.getLong("next_index"),
                row.getLong("last_index"),
                row.getInt("per_second"),
                row.getLong("sent"),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getBoolean("aborted"));
    }
}
