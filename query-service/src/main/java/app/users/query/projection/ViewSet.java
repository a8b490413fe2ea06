package app.users.query.projection;

import app.users.events.Topics;
import app.users.kafka.ReaderProgress;
import app.users.kafka.lag.Position;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import app.users.query.view.Views;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The views in one database, and what keeps them up to date as long as it runs. */
public final class ViewSet {

    private final String database;
    private final Views views;
    private final ViewPositions positions;
    private final ReaderProgress progress;
    private final ParkedRetries retries;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> readers;

    ViewSet(
            String database,
            Views views,
            ViewPositions positions,
            ReaderProgress progress,
            ParkedRetries retries,
            List<ConcurrentMessageListenerContainer<String, byte[]>> readers) {
        this.database = database;
        this.views = views;
        this.positions = positions;
        this.progress = progress;
        this.retries = retries;
        this.readers = readers;
    }

    public String database() {
        return database;
    }

    public Views views() {
        return views;
    }

    /** Whether everything that is on the topic of events now has been folded in; asks Kafka. */
    public boolean caughtUp() {
        return progress.caughtUp(List.of(Topics.EVENTS));
    }

    public RebuildProgress rebuild() {
        return positions.rebuild();
    }

    public Map<TopicPartition, Long> reached() {
        return progress.reached();
    }

    /** How far it is with each partition that this process reads; asks Kafka. */
    public Map<String, Position> positions() {
        return progress.positions(Topics.EVENTS);
    }

    /** Reads again what a parked user missed; the view after it is parked again when the cause is still there. */
    public CompletableFuture<UserView> retry(UserView parked, Parked why) {
        return retries.ask(parked, why);
    }

    public void start() {
        readers.forEach(ConcurrentMessageListenerContainer::start);
    }

    public void stop() {
        readers.forEach(ConcurrentMessageListenerContainer::stop);
    }
}
