package app.users.command.relay;

import app.users.events.Topics;
import app.users.events.UserEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Sends each stored event to {@link Topics#EVENTS}: a batch without waiting, then all acknowledgements before the
 * relay's position is committed. So every event arrives at least once and in the order of its user.
 */
@ProcessingGroup(Relay.GROUP)
public class Relay {

    static final String GROUP = "relay";
    private static final String BATCH = "relay-batch";

    private final Publication publication;
    private final CheckedStore store;

    Relay(Publication publication, CheckedStore store) {
        this.publication = publication;
        this.store = store;
    }

    @EventHandler(payloadType = UserEvent.class)
    void on(DomainEventMessage<?> message) {
        batch().add(message);
    }

    private List<DomainEventMessage<?>> batch() {
        UnitOfWork<?> unit = CurrentUnitOfWork.get().root();
        return unit.getOrComputeResource(BATCH, key -> {
            List<DomainEventMessage<?>> batch = new ArrayList<>();
            unit.onPrepareCommit(ending -> {
                publication.takeTurn();
                store.remember(publication.publish(batch));
            });
            return batch;
        });
    }
}
