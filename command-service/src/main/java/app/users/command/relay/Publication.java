package app.users.command.relay;

import app.users.command.keys.UserKeys;
import app.users.command.store.Origin;
import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import app.users.kafka.CloudEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes stored events on {@link Topics#EVENTS}, for the first time or again. An event keeps its key. Its
 * record is the same each time, or a tombstone after the user was erased; the erasure alone is told for ever.
 */
public class Publication {

    /** Within one transaction of the relay. */
    private static final int MOST_TOMBSTONES = 2_000;

    private final RecordSender sender;
    private final UserKeys keys;
    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    Publication(RecordSender sender, UserKeys keys, JdbcTemplate jdbc) {
        this.sender = sender;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /**
     * Waits until nobody else publishes, in this process or another, and keeps them waiting until the transaction is over.
     * So whatever was sent because its key was there arrives before the tombstones that follow an erasure. Throws when the
     * turn does not come within 1.5 seconds.
     */
    public void takeTurn() {
        // what is sent in turn has to end before PostgreSQL ends the transaction
        jdbc.execute("set local lock_timeout = '1500ms'; select pg_advisory_xact_lock(hashtext('users.events'))");
    }

    /**
     * Sends them in order, for the first time, and returns when Kafka has them all. Of a user whose key is gone nothing can
     * be read any more: each event but the erasure is a tombstone, never an error. To be called in turn: then one question
     * about all keys is enough.
     *
     * @return the offset after the last one, by partition
     */
    Map<Integer, Long> publish(List<? extends DomainEventMessage<?>> messages) {
        List<DomainEventMessage<?>> erasures = shortErasures(messages);
        List<ProducerRecord<String, byte[]>> records = records(messages);
        erasures.forEach(erasure -> records.addAll(tombstonesBefore(erasure)));
        Map<Integer, Long> next = sender.send(records);
        keepReceipts(erasures.stream().map(Publication::user).toArray(Long[]::new));
        return next;
    }

    /** The same of what was sent before; tombstones only for the messages themselves, and no receipts. */
    public void publishAgain(List<? extends DomainEventMessage<?>> messages) {
        var unused = sender.send(records(messages));
    }

    /** Once the topic has the tombstones of all events of a user, whose first one is at this position of the store. */
    public void keepReceiptOfUserAt(long position) {
        jdbc.queryForList(
                        "select aggregate_identifier::bigint from domain_event_entry where global_index = ?",
                        Long.class,
                        position)
                .forEach(user -> keepReceipts(user));
    }

    private void keepReceipts(Long... erased) {
        if (erased.length > 0) {
            jdbc.update(
                    "update erasure set published_at = clock_timestamp() where user_id = any (?) and published_at is null",
                    (Object) erased);
        }
    }

    /** Whose tombstones all fit into this transaction; the others are sent in steps, and their receipts wait for that. */
    private static List<DomainEventMessage<?>> shortErasures(List<? extends DomainEventMessage<?>> messages) {
        List<DomainEventMessage<?>> erasures = new ArrayList<>();
        long tombstones = 0;
        for (DomainEventMessage<?> message : messages) {
            if (message.getPayload() instanceof UserErased
                    && tombstones + message.getSequenceNumber() <= MOST_TOMBSTONES) {
                tombstones += message.getSequenceNumber();
                erasures.add(message);
            }
        }
        return erasures;
    }

    private static List<ProducerRecord<String, byte[]>> tombstonesBefore(DomainEventMessage<?> erasure) {
        return LongStream.rangeClosed(1, erasure.getSequenceNumber())
                .mapToObj(version -> tombstone(user(erasure), version))
                .toList();
    }

    private List<ProducerRecord<String, byte[]>> records(List<? extends DomainEventMessage<?>> messages) {
        Set<Long> existing =
                keys.existing(messages.stream().map(Publication::user).collect(Collectors.toSet()));
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (DomainEventMessage<?> message : messages) {
            boolean told = existing.contains(user(message)) || message.getPayload() instanceof UserErased;
            records.add(told ? record(message) : tombstone(user(message), version(message)));
        }
        return records;
    }

    /** What an erased event becomes: compaction then drops it from the log. */
    private static ProducerRecord<String, byte[]> tombstone(long user, long version) {
        return new ProducerRecord<>(Topics.EVENTS, new EventKey(user, version).toString(), null);
    }

    private static long user(DomainEventMessage<?> message) {
        return Long.parseLong(message.getAggregateIdentifier());
    }

    private static long version(DomainEventMessage<?> message) {
        return message.getSequenceNumber() + 1;
    }

    /** With the digits of the largest number that a version can have. */
    private static String sortable(long version) {
        String digits = Long.toString(version);
        return "0".repeat(19 - digits.length()) + digits;
    }

    private ProducerRecord<String, byte[]> record(DomainEventMessage<?> message) {
        UserEvent event = (UserEvent) message.getPayload();
        long version = version(message);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, new EventKey(event.user(), version).toString(), json.writeValueAsBytes(event));
        new CloudEvent(
                        message.getIdentifier(),
                        EventType.of(event).wireName(),
                        EventHeaders.SOURCE_VALUE,
                        Long.toString(event.user()),
                        message.getTimestamp())
                .addTo(record);
        CloudEvent.header(record, EventHeaders.SEQUENCE, Long.toString(version));
        CloudEvent.header(record, EventHeaders.SORTABLE_SEQUENCE, sortable(version));
        Origin.of(message).forEach((name, value) -> CloudEvent.header(record, "ce_" + name, value.toString()));
        return record;
    }
}
