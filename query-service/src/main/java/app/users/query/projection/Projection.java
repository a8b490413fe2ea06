package app.users.query.projection;

import app.users.events.EventKey;
import app.users.kafka.EventRecord;
import app.users.kafka.ReaderProgress;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a batch of events in memory, writes the views at once, then its position. Idempotent by version. A bad event
 * parks its user and lets the others pass; an outage throws, and the batch comes again.
 */
class Projection extends ResumingListener {

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
        super(schema, positions, progress);
        this.views = views;
        this.recheck = recheck;
        this.retries = retries;
    }

    @Override
    void prepare() {
        users().prepare();
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
        Map<Long, UserView> changed = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> raw : batch) {
            EventRecord.of(raw).ifPresent(record -> {
                UserView view = fold(known.get(record.user()), record);
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
    }

    /** The next view of the user, or null when the record changes nothing. */
    private @Nullable UserView fold(@Nullable UserView view, EventRecord record) {
        try {
            if (view == null || Folding.isTerminal(record)) {
                return view != null && view.erased() ? null : Folding.fold(view, record);
            }
            if (record.version() > view.version() && view.parked() == null) {
                return Folding.fold(view, record);
            }
            return view.erased() ? null : recheck.fold(view, record).orElse(null);
        } catch (UnreadableEvent e) {
            return view != null && (view.parked() != null || record.version() <= view.version())
                    ? null
                    : park(view, record, Folding.parked(record, e));
        }
    }

    /** Later events wait until it is repaired. */
    private static UserView park(@Nullable UserView view, EventRecord record, Parked why) {
        LOG.error("User {} is parked: {}", record.user(), why);
        return (view == null ? UserView.unknown(record.user(), record.appended()) : view).parked(why);
    }

    @Override
    void betweenBatches(Collection<TopicPartition> read) {
        retries.run(read);
    }
}
