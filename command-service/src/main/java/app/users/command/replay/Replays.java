package app.users.command.replay;

import app.users.command.relay.OutageTolerant;
import app.users.command.replay.Replay.Kind;
import app.users.command.replay.Replayer.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The replays of this installation. Each process works on all that are under way, on a thread of its own, and at the pace of
 * each; the rows in PostgreSQL see to it that one process at a time sends for one replay.
 */
class Replays implements SmartLifecycle {

    /** What a single user's events are sent at, when no operator waits for it. */
    static final int PER_SECOND = 1_000;

    private static final int STEPS_A_SECOND = 5;
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** An operator waits for a replay of one user. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final ReplayTable table;
    private final Replayer replayer;
    private final Checks checks;
    private final OutageTolerant tolerant;
    private final Semaphore work = new Semaphore(0);
    private final Map<Long, Long> due = new HashMap<>();
    private final Set<Long> failing = new HashSet<>();
    private volatile @Nullable Thread thread;

    Replays(ReplayTable table, Replayer replayer, Checks checks, Clock clock) {
        this.table = table;
        this.replayer = replayer;
        this.checks = checks;
        tolerant = new OutageTolerant(clock, "Replays wait for PostgreSQL and Kafka and go on later");
    }

    /** Sends all of the user's events, in order, before it returns; how many. */
    long ofUser(long user) {
        Optional<Replay> added = table.addOfUser(Kind.USER, user, PER_SECOND);
        if (added.isEmpty()) {
            return 0;
        }
        long id = added.get().id();
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        Step step = stepInTurn(id, deadline);
        while (step.more()) {
            if (step.sent() == 0) {
                // another thread or process holds the lock
                LockSupport.parkNanos(SHORTEST_PAUSE_NANOS);
            }
            step = stepInTurn(id, deadline);
        }
        return table.takeSent(id);
    }

    private Step stepInTurn(long id, long deadline) {
        try {
            return replayer.step(id, PER_SECOND);
        } catch (PessimisticLockingFailureException e) {
            if (System.nanoTime() - deadline >= 0) {
                throw e;
            }
            return new Step(0, true);
        }
    }

    /**
     * @param from the position in the store to begin with
     * @param perSecond most events a second
     * @return nothing when one is under way
     */
    Optional<Replay> start(long from, int perSecond) {
        Optional<Replay> added = table.addOfEverybody(Kind.ALL, from, perSecond);
        work.release();
        return added;
    }

    /** Sends the tombstones of a user who is erased, and keeps the receipt when Kafka has them all. */
    void ofErased(long user) {
        if (table.addOfUser(Kind.ERASURE, user, PER_SECOND).isPresent()) {
            work.release();
        }
    }

    Optional<Replay> latest() {
        return table.latest(Kind.ALL);
    }

    /** No further user is begun. What was sent stays sent. */
    Optional<Replay> abort() {
        table.abort(Kind.ALL);
        work.release();
        return latest();
    }

    private void work() {
        while (thread == Thread.currentThread()) {
            tolerant.run(() -> {
                checks.startWhenDue();
                steps();
            });
            try {
                boolean ignored = work.tryAcquire(untilNextStep(), TimeUnit.NANOSECONDS);
                work.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void steps() {
        var underWay = table.underWay();
        due.keySet().retainAll(underWay.stream().map(Replay::id).toList());
        failing.retainAll(due.keySet());
        for (Replay replay : underWay) {
            long begun = System.nanoTime();
            if (begun - due.getOrDefault(replay.id(), begun) >= 0) {
                due.put(replay.id(), begun + pause(replay));
            }
        }
    }

    /** Makes a step; nanoseconds until the next one. A replay that fails stops no other. */
    private long pause(Replay replay) {
        try {
            int sent = replayer.step(replay.id(), Math.max(1, replay.perSecond() / STEPS_A_SECOND))
                    .sent();
            failing.remove(replay.id());
            return Math.max(SHORTEST_PAUSE_NANOS, TimeUnit.SECONDS.toNanos(sent) / replay.perSecond());
        } catch (RuntimeException e) {
            if (failing.add(replay.id())) {
                LOG.warn("Replay {} waits and goes on later: {}", replay.id(), e.toString());
            }
            return PAUSE_AFTER_FAILURE_NANOS;
        }
    }

    private long untilNextStep() {
        long now = System.nanoTime();
        return due.values().stream()
                .mapToLong(next -> Math.clamp(next - now, SHORTEST_PAUSE_NANOS, LOOK_EVERY_NANOS))
                .min()
                .orElse(LOOK_EVERY_NANOS);
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            Thread started = Thread.ofPlatform().daemon().name("replays").unstarted(this::work);
            thread = started;
            started.start();
        }
    }

    @Override
    public synchronized void stop() {
        Thread stopped = thread;
        thread = null;
        if (stopped != null) {
            stopped.interrupt();
            try {
                if (!stopped.join(Duration.ofSeconds(5))) {
                    LOG.warn("A replay did not stop in time.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
