package app.users.command.relay;

import app.users.command.store.Origin;
import app.users.command.store.UserKeys;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.kafka.support.SendResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends each stored event to {@link Topics#EVENTS}: a batch without waiting, then all acknowledgements before the
 * relay's position is committed. So every event arrives at least once and in the order of its user.
 */
@ProcessingGroup(Relay.GROUP)
class Relay {

    static final String GROUP = "relay";
    private static final String ACKNOWLEDGEMENTS = "relay-acknowledgements";

    private final EventTopic topic;
    private final UserKeys keys;
    private final CheckedStore store;
    private final JsonMapper json = JsonMapper.builder().build();

    Relay(EventTopic topic, UserKeys keys, CheckedStore store) {
        this.topic = topic;
        this.keys = keys;
        this.store = store;
    }

    @EventHandler
    void on(UserEvent event, DomainEventMessage<?> message) {
        long version = message.getSequenceNumber() + 1;
        List<CompletableFuture<SendResult<String, byte[]>>> acknowledgements = acknowledgements();
        acknowledgements.add(send(event, version, message));
        if (event instanceof UserErased) {
            acknowledgements.addAll(topic.sendTombstonesBefore(event.user(), version));
        }
    }

    /** An event whose key is gone cannot be read any more: a tombstone, never an error. */
    private CompletableFuture<SendResult<String, byte[]>> send(
            UserEvent event, long version, DomainEventMessage<?> message) {
        EventType type = EventType.of(event);
        if (!type.personalFields().isEmpty() && !keys.exists(event.user())) {
            return topic.sendTombstone(event.user(), version);
        }
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, new EventKey(event.user(), version).toString(), json.writeValueAsBytes(event));
        new CloudEvent(message.getIdentifier(), type.wireName(), Long.toString(event.user()), message.getTimestamp())
                .addTo(record);
        CloudEvent.header(record, EventHeaders.SEQUENCE, Long.toString(version));
        Origin.of(message).forEach((name, value) -> CloudEvent.header(record, "ce_" + name, value.toString()));
        return topic.send(record);
    }

    private List<CompletableFuture<SendResult<String, byte[]>>> acknowledgements() {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        return batch.getOrComputeResource(ACKNOWLEDGEMENTS, key -> {
            List<CompletableFuture<SendResult<String, byte[]>>> pending = new ArrayList<>();
            batch.onPrepareCommit(unit -> store.remember(topic.await(pending)));
            return pending;
        });
    }
}
