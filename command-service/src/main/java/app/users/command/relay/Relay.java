package app.users.command.relay;

import app.users.events.Topics;
import app.users.events.UserEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.kafka.support.SendResult;

/**
 * Sends each stored event to {@link Topics#EVENTS}: a batch without waiting, then all acknowledgements before the
 * relay's position is committed. So every event arrives at least once and in the order of its user.
 */
@ProcessingGroup(Relay.GROUP)
class Relay {

    static final String GROUP = "relay";
    private static final String ACKNOWLEDGEMENTS = "relay-acknowledgements";

    private final EventTopic topic;
    private final Publication publication;
    private final CheckedStore store;

    Relay(EventTopic topic, Publication publication, CheckedStore store) {
        this.topic = topic;
        this.publication = publication;
        this.store = store;
    }

    @EventHandler
    void on(UserEvent event, DomainEventMessage<?> message) {
        // first: what follows is sent in turn
        List<CompletableFuture<SendResult<String, byte[]>>> acknowledgements = acknowledgements();
        acknowledgements.addAll(publication.send(message));
    }

    private List<CompletableFuture<SendResult<String, byte[]>>> acknowledgements() {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        return batch.getOrComputeResource(ACKNOWLEDGEMENTS, key -> {
            publication.takeTurn();
            List<CompletableFuture<SendResult<String, byte[]>>> pending = new ArrayList<>();
            batch.onPrepareCommit(unit -> store.remember(topic.await(pending)));
            return pending;
        });
    }
}
