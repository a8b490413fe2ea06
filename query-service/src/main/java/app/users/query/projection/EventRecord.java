package app.users.query.projection;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import app.users.query.view.Fold;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A record that carries an event of a user. */
record EventRecord(EventKey key, ConsumerRecord<String, byte[]> record) {

    /** Nothing for a tick and for a tombstone. */
    static Optional<EventRecord> of(ConsumerRecord<String, byte[]> record) {
        return record.value() == null
                ? Optional.empty()
                : EventKey.parse(record.key()).map(key -> new EventRecord(key, record));
    }

    long user() {
        return key.user();
    }

    long version() {
        return key.version();
    }

    /** Whether it ends the user, whatever is missing before it. */
    boolean isTerminal() {
        return type().filter(t -> t.eventClass() == UserErased.class).isPresent();
    }

    private Optional<EventType> type() {
        return EventType.named(header(EventHeaders.TYPE));
    }

    UserEvent event() throws Unreadable {
        EventType type = type().orElseThrow(() -> new Unreadable("unknown event " + header(EventHeaders.TYPE)));
        try {
            return type.read(record.value());
        } catch (JacksonException e) {
            throw new Unreadable("unreadable " + type.wireName());
        }
    }

    Instant at() throws Unreadable {
        try {
            return Instant.parse(header(EventHeaders.TIME));
        } catch (DateTimeException e) {
            throw new Unreadable("unreadable time \"" + header(EventHeaders.TIME) + "\"");
        }
    }

    /** The view after it. */
    UserView foldInto(@Nullable UserView view) throws Unreadable {
        long before = view == null ? 0 : view.version();
        UserEvent event = event();
        if (version() != before + 1 && !isTerminal()) {
            throw new Unreadable("expected version " + (before + 1));
        }
        try {
            return Fold.apply(view == null || !view.isKnown() ? null : view, event, version(), at());
        } catch (IllegalArgumentException e) {
            throw new Unreadable("does not follow what was before");
        }
    }

    Parked parked(Unreadable why) {
        return new Parked(version(), record.partition(), record.offset(), String.valueOf(why.getMessage()));
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** When Kafka took it. */
    Instant appended() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
