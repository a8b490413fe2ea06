package app.users.kafka;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.UserEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;

/** A record that carries an event of a user: CloudEvents 1.0, binary mode. */
public record EventRecord(EventKey key, ConsumerRecord<String, byte[]> record) {

    /** Empty for a tick, which has no event's key, and for a tombstone. */
    public static Optional<EventRecord> of(ConsumerRecord<String, byte[]> record) {
        return record.key() == null || record.value() == null
                ? Optional.empty()
                : EventKey.parse(record.key()).map(key -> new EventRecord(key, record));
    }

    public long user() {
        return key.user();
    }

    public long version() {
        return key.version();
    }

    /** The event's own id; a repeat has the same. */
    public String id() {
        String id = header(EventHeaders.ID);
        return id.isBlank() ? record.key() : id;
    }

    /** Empty when this process is older than the type of the event. */
    public Optional<EventType> type() {
        return EventType.named(header(EventHeaders.TYPE));
    }

    public UserEvent event() throws UnreadableEvent {
        EventType type = type().orElseThrow(() -> new UnreadableEvent("unknown event " + header(EventHeaders.TYPE)));
        try {
            return type.read(record.value());
        } catch (JacksonException e) {
            throw new UnreadableEvent("unreadable " + type.wireName());
        }
    }

    /** When it happened. */
    public Instant time() throws UnreadableEvent {
        try {
            return Instant.parse(header(EventHeaders.TIME));
        } catch (DateTimeException e) {
            throw new UnreadableEvent("unreadable time \"" + header(EventHeaders.TIME) + "\"");
        }
    }

    /** When Kafka appended it to the topic: later than {@link #time} by days when an old event is sent again. */
    public Instant appended() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    public TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
