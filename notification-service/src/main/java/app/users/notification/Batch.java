package app.users.notification;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** What some records ask for: mails by partition and event, who is gone, and where each partition goes on. */
final class Batch {

    /** An event that comes so long after it happened is an old one sent again; what became of it was told in its time. */
    static final Duration REPEATED = Duration.ofHours(48);

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    final Map<TopicPartition, Map<String, Mail>> asked = new LinkedHashMap<>();
    final Set<Long> erased = new HashSet<>();
    final Map<TopicPartition, Long> next = new HashMap<>();

    Batch(List<ConsumerRecord<String, byte[]>> records) {
        records.forEach(this::read);
        asked.values().forEach(mails -> mails.values().removeIf(m -> erased.contains(m.user())));
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        next.put(partition, record.offset() + 1);
        EventKey key = EventKey.parse(record.key() == null ? "" : record.key()).orElse(null);
        UserEvent event = key == null ? null : event(record);
        if (key == null || event == null) {
            return;
        }
        if (event instanceof UserErased) {
            erased.add(event.user());
        }
        Instant asked = time(record);
        if (asked.plus(REPEATED).isBefore(Instant.ofEpochMilli(record.timestamp()))) {
            return;
        }
        String id = header(record, EventHeaders.ID);
        Mail mail = Mail.askedBy(event, key.version(), id.isBlank() ? record.key() : id, asked);
        if (mail != null) {
            this.asked.computeIfAbsent(partition, p -> new LinkedHashMap<>()).put(mail.event(), mail);
        }
    }

    private static @Nullable UserEvent event(ConsumerRecord<String, byte[]> record) {
        EventType type = EventType.named(header(record, EventHeaders.TYPE)).orElse(null);
        if (record.value() == null || type == null) {
            return null;
        }
        try {
            return type.read(record.value());
        } catch (JacksonException e) {
            LOG.error("passed over an unreadable event {} at {}/{}", record.key(), record.partition(), record.offset());
            return null;
        }
    }

    private static Instant time(ConsumerRecord<String, byte[]> record) {
        try {
            return Instant.parse(header(record, EventHeaders.TIME));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
