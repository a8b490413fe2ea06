package app.users.query.projection;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import app.users.query.view.Fold;
import app.users.query.view.MailStates;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folds a batch of events in memory, writes the views at once, then its position. Idempotent by version. A bad event
 * parks its user and lets the others pass; an outage throws, and the batch comes again.
 */
class Projection extends ResumingListener {

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final UserViews views;
    private final MailStates mails;
    private final Progress progress;
    private final JsonMapper json = JsonMapper.builder().build();

    Projection(UserViews views, MailStates mails, Positions positions, Progress progress) {
        super(positions, progress);
        this.views = views;
        this.mails = mails;
        this.progress = progress;
    }

    @Override
    void prepare() {
        views.prepare();
    }

    @KafkaListener(
            id = "query-users-view",
            topics = Topics.EVENTS,
            containerFactory = "queryKafkaListenerContainerFactory",
            idIsGroup = false)
    void on(List<ConsumerRecord<String, byte[]>> batch) {
        Set<Long> users = batch.stream()
                .flatMap(r -> EventKey.parse(r.key()).stream())
                .map(EventKey::user)
                .collect(Collectors.toSet());
        Map<Long, UserView> known = views.find(users);
        Map<Long, UserView> changed = new LinkedHashMap<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            EventKey.parse(record.key()).ifPresent(key -> {
                UserView view = fold(known.get(key.user()), key, record);
                if (view != null) {
                    known.put(key.user(), view);
                    changed.put(key.user(), view);
                }
            });
        }
        views.save(changed.values());
        // all, not only the changed: the last try may have ended between the two writes
        mails.remove(known.values().stream()
                .filter(UserView::erased)
                .map(UserView::id)
                .toList());
        progress.saw(changed.values());
        move(next);
    }

    /** The next view of the user, or null when the record changes nothing. */
    private @Nullable UserView fold(@Nullable UserView view, EventKey key, ConsumerRecord<String, byte[]> record) {
        long version = view == null ? 0 : view.version();
        if (record.value() == null || key.version() <= version) {
            return null;
        }
        String name = header(record, EventHeaders.TYPE);
        EventType type = EventType.named(name).orElse(null);
        boolean terminal = type != null && type.eventClass() == UserErased.class;
        if (view != null && view.parked() != null && !terminal) {
            return null;
        }
        if (type == null) {
            return park(view, key, "unknown event " + name, record);
        }
        if (key.version() != version + 1 && !terminal) {
            return park(view, key, "expected version " + (version + 1), record);
        }
        try {
            UserEvent event = json.readValue(record.value(), type.eventClass());
            return Fold.apply(view, event, key.version(), Instant.parse(header(record, EventHeaders.TIME)));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            return park(view, key, "unreadable " + name, record);
        }
    }

    private @Nullable UserView park(
            @Nullable UserView view, EventKey key, String why, ConsumerRecord<String, byte[]> record) {
        LOG.error("user {} is parked at {}/{}: {}", key, record.partition(), record.offset(), why);
        return view == null ? null : Parking.park(view, key.version() + "@" + record.offset() + ": " + why);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
