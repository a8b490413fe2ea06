package app.users.notification.intake;

import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import app.users.kafka.EventRecord;
import app.users.kafka.UnreadableEvent;
import app.users.notification.ledger.Retention;
import app.users.notification.letters.Mail;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What some records ask for: mails by partition and event, who is gone, and where each partition goes on. */
final class RequestedMails {

    private static final Logger LOG = LoggerFactory.getLogger(RequestedMails.class);

    final Map<TopicPartition, Map<String, Mail>> asked = new LinkedHashMap<>();
    final Set<Long> erased = new HashSet<>();
    final Map<TopicPartition, Long> next = new HashMap<>();

    RequestedMails(List<ConsumerRecord<String, byte[]>> records) {
        records.forEach(this::read);
        asked.values().forEach(mails -> mails.values().removeIf(m -> erased.contains(m.user())));
    }

    private void read(ConsumerRecord<String, byte[]> raw) {
        next.put(new TopicPartition(raw.topic(), raw.partition()), raw.offset() + 1);
        EventRecord record = EventRecord.of(raw).orElse(null);
        UserEvent event = record == null ? null : event(record);
        if (record == null || event == null) {
            return;
        }
        if (event instanceof UserErased) {
            erased.add(event.user());
        }
        Instant asked = time(record);
        if (asked.plus(Retention.REPEATED).isBefore(record.appended())) {
            return;
        }
        Mail mail = Mail.askedBy(event, record.version(), record.id(), asked);
        if (mail != null) {
            this.asked
                    .computeIfAbsent(record.partition(), p -> new LinkedHashMap<>())
                    .put(mail.event(), mail);
        }
    }

    /** Null for an event of a type that is newer than this process: it cannot ask for a mail that this one could write. */
    private static @Nullable UserEvent event(EventRecord record) {
        try {
            return record.type().isEmpty() ? null : record.event();
        } catch (UnreadableEvent e) {
            LOG.error(
                    "passed over an unreadable event {} at {}/{}",
                    record.key(),
                    record.partition().partition(),
                    record.record().offset());
            return null;
        }
    }

    private static Instant time(EventRecord record) {
        try {
            return record.time();
        } catch (UnreadableEvent e) {
            return record.appended();
        }
    }
}
