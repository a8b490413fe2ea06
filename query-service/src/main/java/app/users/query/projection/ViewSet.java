package app.users.query.projection;

import app.users.events.Topics;
import app.users.kafka.Progress;
import app.users.kafka.lag.Position;
import app.users.query.view.UserView;
import app.users.query.view.Views;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The views in one database, and what keeps them up to date as long as it runs. */
public final class ViewSet {

    private final String database;
    private final Views views;
    private final Positions positions;
    private final Progress progress;
    private final Projection projection;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> readers;

    ViewSet(
            String database,
            Views views,
            Positions positions,
            Progress progress,
            Projection projection,
            List<ConcurrentMessageListenerContainer<String, byte[]>> readers) {
        this.database = database;
        this.views = views;
        this.positions = positions;
        this.progress = progress;
        this.projection = projection;
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

    Rebuild rebuild() {
        return positions.rebuild();
    }

    Map<TopicPartition, Long> reached() {
        return progress.reached();
    }

    /** How far it is with each partition that this process reads; asks Kafka. */
    Map<String, Position> positions() {
        return progress.positions(
                reached().keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    CompletableFuture<UserView> retry(UserView parked) {
        return projection.retry(parked);
    }

    public void start() {
        readers.forEach(ConcurrentMessageListenerContainer::start);
    }

    public void stop() {
        readers.forEach(ConcurrentMessageListenerContainer::stop);
    }
}
