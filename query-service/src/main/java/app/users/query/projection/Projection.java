package app.users.query.projection;

import app.users.events.EventKey;
import app.users.events.Topics;
import app.users.kafka.EventRecord;
import app.users.kafka.ReaderProgress;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a batch of events in memory, writes the views at once, then its position. Idempotent by version. A bad event
 * parks its user and lets the others pass, and so does one that comes before its turn; an outage throws, and the batch comes
 * again.
 */
class Projection extends ResumingListener {

    private static final int MOST_PARKED = 10_000;

    /** Of a batch: then there is not much on the topic that is not yet read. */
    private static final int FEW = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final Views views;
    private final Recheck recheck;
    private final ParkedRetries retries;

    Projection(
            Views views,
            Recheck recheck,
            ParkedRetries retries,
            ViewSchema schema,
            ViewPositions positions,
            ReaderProgress progress) {
        super(Topics.EVENTS, schema, positions, progress);
        this.views = views;
        this.recheck = recheck;
        this.retries = retries;
    }

    @Override
    void prepare() {
        users().prepare();
        // whom an ended process would have read again
        retries.add(users().parked(MOST_PARKED));
    }

    private UserViews users() {
        return views.users();
    }

    @Override
    void write(List<ConsumerRecord<String, byte[]>> batch) {
        Map<Long, UserView> known = users().find(batch.stream()
                .flatMap(r -> EventKey.parse(r.key()).stream())
                .map(EventKey::user)
                .collect(Collectors.toSet()));
        Map<Long, Long> versions = known.values().stream().collect(Collectors.toMap(UserView::id, UserView::version));
        Map<Long, UserView> changed = new LinkedHashMap<>();
        // parked users of whom this batch has an event that their view has already: the last try may have saved it
        Set<Long> repeated = new HashSet<>();
        for (ConsumerRecord<String, byte[]> raw : batch) {
            EventRecord.of(raw).ifPresent(record -> {
                UserView before = known.get(record.user());
                if (before != null && before.parked() != null && record.version() <= before.version()) {
                    repeated.add(before.id());
                }
                UserView view = fold(before, record);
                if (view != null) {
                    known.put(record.user(), view);
                    changed.put(record.user(), view);
                }
            });
        }
        users().save(changed.values());
        // all, not only the changed: the last try may have ended between the two writes
        views.mails()
                .remove(known.values().stream()
                        .filter(UserView::erased)
                        .map(UserView::id)
                        .toList());
        views.arrivals().saw(changed.values());
        retries.add(known.values().stream()
                .filter(view -> repeated.contains(view.id()) || view.version() > versions.getOrDefault(view.id(), 0L))
                .toList());
    }

    /** The next view of the user, or null when the record changes nothing. */
    private @Nullable UserView fold(@Nullable UserView view, EventRecord record) {
        if (view != null && view.erased()) {
            return null;
        }
        long version = view == null ? 0 : view.version();
        try {
            if (record.version() == version + 1 || Folding.isTerminal(record)) {
                return Folding.fold(view, record);
            }
            if (view != null && record.version() <= version) {
                return view.parked() == null ? recheck.check(view, record).orElse(null) : null;
            }
            throw new UnreadableEvent("expected version " + (version + 1));
        } catch (UnreadableEvent e) {
            return record.version() <= version ? null : park(view, record, Folding.parked(record, e));
        }
    }

    /** It waits for what is missing. Later events stay on the topic and are read again then. */
    private static UserView park(@Nullable UserView view, EventRecord record, Parked why) {
        UserView behind = view == null ? UserView.unknown(record.user(), record.appended()) : view;
        Parked before = behind.parked();
        if (before == null) {
            LOG.error("User {} is parked: {}", record.user(), why);
        }
        return behind.parked(before == null ? why : before.seen(record.version()));
    }

    @Override
    void betweenBatches(Collection<TopicPartition> read, int records) {
        retries.run(read, records < FEW);
    }
}
