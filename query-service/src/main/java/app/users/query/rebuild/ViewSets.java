package app.users.query.rebuild;

import app.users.kafka.lag.Position;
import app.users.query.projection.ViewSet;
import app.users.query.projection.ViewSetFactory;
import app.users.query.view.Views;
import com.mongodb.MongoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The views that reads are answered from, and others that are built beside them to take their place. Which there are and
 * which one serves is written in MongoDB, so every process that reads there does the same within seconds, and after a
 * restart too.
 */
public final class ViewSets implements SmartLifecycle, Supplier<Views> {

    /** Another process may still have written what was dropped. */
    private static final Duration DROPPED_AGAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ViewSets.class);

    private final ViewPlan plan;
    private final ViewSetFactory factory;
    private final Clock clock;
    private final Map<String, ViewSet> running = new ConcurrentHashMap<>();
    private volatile @Nullable ViewSet serving;
    private volatile boolean started;

    ViewSets(ViewPlan plan, ViewSetFactory factory, Clock clock) {
        this.plan = plan;
        this.factory = factory;
        this.clock = clock;
    }

    /** @throws MongoException as long as MongoDB has not told which views serve */
    public ViewSet serving() {
        ViewSet found = serving;
        if (found == null) {
            follow();
            found = serving;
        }
        if (found == null) {
            throw new MongoException("stopped");
        }
        return found;
    }

    /** What reads are answered from. */
    @Override
    public Views get() {
        return serving().views();
    }

    Collection<ViewSet> all() {
        return List.copyOf(running.values());
    }

    Optional<ViewSet> find(String database) {
        return Optional.ofNullable(running.get(database));
    }

    /** How far each set is with each partition that this process reads. */
    Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        for (ViewSet set : all()) {
            set.positions().forEach((partition, position) -> positions.put(set.database() + "/" + partition, position));
        }
        return positions;
    }

    /** Compares the views in a database of this MongoDB, whichever process builds them, with those that serve. */
    Comparison.Result compare(String database) {
        return new Comparison(get().users(), factory.users(database)).run();
    }

    /** Begins to build views in another database. */
    void build(String database) {
        plan.add(database);
        follow();
    }

    /** From now on reads are answered from there. What served before is kept up to date. */
    void serve(String database) {
        plan.serve(database);
        follow();
    }

    void drop(String database) {
        plan.remove(database, clock.instant());
        follow();
    }

    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void followPlan() {
        if (started) {
            try {
                follow();
            } catch (MongoException e) {
                LOG.debug("MongoDB does not tell which views there are: {}", e.getMessage());
            }
        }
    }

    private synchronized void follow() {
        if (!started) {
            return;
        }
        plan.read().ifPresent(this::follow);
    }

    private void follow(ViewPlan.Wanted wanted) {
        for (String database : wanted.databases()) {
            running.computeIfAbsent(database, this::begin);
        }
        ViewSet before = serving;
        ViewSet now = running.get(wanted.serving());
        if (now != null && now != before) {
            serving = now;
            if (before != null) {
                LOG.info("Reads are answered from {} now.", now.database());
            }
        }
        for (ViewSet set : all()) {
            if (!wanted.databases().contains(set.database())) {
                running.remove(set.database());
                set.stop();
            }
        }
        dropAll(wanted.dropped());
    }

    private ViewSet begin(String database) {
        ViewSet set = factory.make(database);
        set.start();
        return set;
    }

    private void dropAll(Map<String, Instant> dropped) {
        Instant now = clock.instant();
        dropped.forEach((database, at) -> {
            factory.drop(database);
            if (at.plus(DROPPED_AGAIN).isBefore(now)) {
                plan.forget(database);
            }
        });
    }

    @Override
    public synchronized void start() {
        started = true;
        followPlan();
    }

    @Override
    public synchronized void stop() {
        started = false;
        running.values().forEach(ViewSet::stop);
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
