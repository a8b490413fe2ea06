package app.users.command.relay;

import app.users.kafka.lag.Position;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** How much of the event store is on the topic of events, also after the topic lost some. */
public final class TopicProgress {

    private final CheckedStore store;
    private final RelayPosition position;

    TopicProgress(CheckedStore store, RelayPosition position) {
        this.store = store;
        this.position = position;
    }

    /**
     * Empty while Kafka or PostgreSQL does not answer, and while the topic has lost events that the relay has not begun to
     * send again.
     */
    public Optional<Position> find() {
        try {
            // in this order: the relay goes back to the first event in the transaction that makes the answer false
            return store.hasLostEvents() ? Optional.empty() : Optional.of(position.now());
        } catch (IllegalStateException | DataAccessException e) {
            return Optional.empty();
        }
    }
}
