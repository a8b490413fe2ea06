package app.users.command.relay;

import app.users.command.store.UserKeys;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends each stored event to {@link Topics#EVENTS}: a batch without waiting, then all acknowledgements before the
 * relay's position is committed. So every event arrives at least once and in the order of its user.
 */
@ProcessingGroup(Relay.GROUP)
class Relay {

    static final String GROUP = "relay";
    private static final String ACKNOWLEDGEMENTS = "relay-acknowledgements";
    private static final long PATIENCE_SECONDS = 30;

    private final KafkaTemplate<String, byte[]> kafka;
    private final UserKeys keys;
    private final JsonMapper json = JsonMapper.builder().build();

    Relay(KafkaTemplate<String, byte[]> kafka, UserKeys keys) {
        this.kafka = kafka;
        this.keys = keys;
    }

    @EventHandler
    void on(UserEvent event, DomainEventMessage<?> message) {
        long version = message.getSequenceNumber() + 1;
        List<CompletableFuture<?>> acknowledgements = acknowledgements();
        acknowledgements.add(kafka.send(record(event, version, message)));
        if (event instanceof UserErased) {
            for (long earlier = 1; earlier < version; earlier++) {
                acknowledgements.add(kafka.send(tombstone(event.user(), earlier)));
            }
        }
    }

    private ProducerRecord<String, byte[]> record(UserEvent event, long version, DomainEventMessage<?> message) {
        EventType type = EventType.of(event);
        if (!type.personalFields().isEmpty() && !keys.exists(event.user())) {
            return tombstone(event.user(), version);
        }
        ProducerRecord<String, byte[]> record = empty(event.user(), version, json.writeValueAsBytes(event));
        header(record, EventHeaders.SPEC_VERSION, "1.0");
        header(record, EventHeaders.ID, message.getIdentifier());
        header(record, EventHeaders.TYPE, type.wireName());
        header(record, EventHeaders.SOURCE, EventHeaders.SOURCE_VALUE);
        header(record, EventHeaders.SUBJECT, Long.toString(event.user()));
        header(record, EventHeaders.TIME, message.getTimestamp().toString());
        header(record, EventHeaders.SEQUENCE, Long.toString(version));
        header(record, EventHeaders.CONTENT_TYPE, "application/json");
        return record;
    }

    /** What an erased event becomes: compaction then drops it from the log. */
    private static ProducerRecord<String, byte[]> tombstone(long user, long version) {
        return empty(user, version, null);
    }

    private static ProducerRecord<String, byte[]> empty(long user, long version, byte @Nullable [] value) {
        return new ProducerRecord<>(Topics.EVENTS, new EventKey(user, version).toString(), value);
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private List<CompletableFuture<?>> acknowledgements() {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        return batch.getOrComputeResource(ACKNOWLEDGEMENTS, key -> {
            List<CompletableFuture<?>> pending = new ArrayList<>();
            batch.onPrepareCommit(unit -> await(pending));
            return pending;
        });
    }

    private void await(List<CompletableFuture<?>> pending) {
        kafka.flush();
        try {
            CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka acknowledged the batch", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not acknowledge the batch; it is sent again", e);
        }
    }
}
