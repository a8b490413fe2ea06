package app.users.standalone;

import app.users.command.relay.TopicProgress;
import app.users.kafka.lag.Position;
import app.users.query.projection.ViewSet;
import app.users.query.rebuild.ViewSets;
import app.users.standalone.CatchUp.Progress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;

/** Waits until a user who was here before finds everything again, although Kafka's data may have been deleted. */
final class CompleteViews {

    private final TopicProgress topic;
    private final ViewSet views;
    /** What is stored later need not be waited for. */
    private long stored = -1;

    CompleteViews(BeanFactory beans) {
        this.topic = beans.getBean(TopicProgress.class);
        this.views = beans.getBean(ViewSets.class).serving();
    }

    /** @return false if Kafka or the views did not get on for too long */
    boolean await(CatchUp wait) {
        return wait.await("Sending events to Kafka: %d of %d", this::sent)
                && wait.await("Reading events into the views: %d of %d", this::read);
    }

    private Progress sent() {
        Optional<Position> now = topic.find();
        if (stored < 0 && now.isPresent()) {
            stored = now.get().end();
        }
        long sent = now.map(Position::next).orElse(0L);
        return new Progress(Math.max(0, sent), Math.max(0, stored), now.isPresent() && sent >= stored);
    }

    private Progress read() {
        Collection<Position> partitions = positions().values();
        return new Progress(
                partitions.stream().mapToLong(Position::next).sum(),
                partitions.stream().mapToLong(Position::end).sum(),
                views.caughtUp());
    }

    private Map<String, Position> positions() {
        try {
            return views.positions();
        } catch (IllegalStateException notYetRead) {
            return Map.of();
        }
    }
}
