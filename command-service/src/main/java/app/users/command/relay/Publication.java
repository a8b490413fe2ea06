package app.users.command.relay;

import app.users.command.keys.UserKeys;
import app.users.command.store.Origin;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.support.SendResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes stored events on {@link Topics#EVENTS}, for the first time or again. An event keeps its key. Its
 * record is the same each time, or a tombstone after the user was erased.
 */
public class Publication {

    private final EventTopic topic;
    private final UserKeys keys;
    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    Publication(EventTopic topic, UserKeys keys, JdbcTemplate jdbc) {
        this.topic = topic;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /**
     * Waits until nobody else publishes, in this process or another, and keeps them waiting until the transaction is over.
     * So whatever was sent because its key was there arrives before the tombstones that follow an erasure.
     */
    public void takeTurn() {
        jdbc.query("select pg_advisory_xact_lock(hashtext('users.events'))", row -> {});
    }

    /**
     * Sends them in order and returns when Kafka has them all. An event whose key is gone cannot be read any more: a
     * tombstone, never an error. To be called in turn: then one question about all keys is enough.
     *
     * @return the offset after the last one, by partition
     */
    public Map<Integer, Long> publish(List<? extends DomainEventMessage<?>> messages, Duration patience) {
        Map<Integer, Long> next = topic.await(send(messages), patience);
        keepReceipts(messages);
        return next;
    }

    /** Of the erasures among them, with this transaction: everything of theirs is a tombstone now. */
    private void keepReceipts(List<? extends DomainEventMessage<?>> messages) {
        Long[] erased = messages.stream()
                .filter(message -> message.getPayload() instanceof UserErased)
                .map(Publication::user)
                .toArray(Long[]::new);
        if (erased.length > 0) {
            jdbc.update(
                    "update erasure set published_at = clock_timestamp() where user_id = any (?) and published_at is null",
                    (Object) erased);
        }
    }

    private List<CompletableFuture<SendResult<String, byte[]>>> send(List<? extends DomainEventMessage<?>> messages) {
        Set<Long> existing =
                keys.existing(messages.stream().map(Publication::user).collect(Collectors.toSet()));
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>();
        for (DomainEventMessage<?> message : messages) {
            sent.addAll(send(message, existing.contains(user(message))));
        }
        return sent;
    }

    private static long user(DomainEventMessage<?> message) {
        return Long.parseLong(message.getAggregateIdentifier());
    }

    private List<CompletableFuture<SendResult<String, byte[]>>> send(DomainEventMessage<?> message, boolean readable) {
        UserEvent event = (UserEvent) message.getPayload();
        EventType type = EventType.of(event);
        long version = message.getSequenceNumber() + 1;
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>();
        if (!type.personalFields().isEmpty() && !readable) {
            sent.add(topic.sendTombstone(event.user(), version));
        } else {
            sent.add(topic.send(record(event, type, version, message)));
        }
        if (event instanceof UserErased) {
            sent.addAll(topic.sendTombstonesBefore(event.user(), version));
        }
        return sent;
    }

    private ProducerRecord<String, byte[]> record(
            UserEvent event, EventType type, long version, DomainEventMessage<?> message) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, new EventKey(event.user(), version).toString(), json.writeValueAsBytes(event));
        new CloudEvent(message.getIdentifier(), type.wireName(), Long.toString(event.user()), message.getTimestamp())
                .addTo(record);
        CloudEvent.header(record, EventHeaders.SEQUENCE, Long.toString(version));
        Origin.of(message).forEach((name, value) -> CloudEvent.header(record, "ce_" + name, value.toString()));
        return record;
    }
}
