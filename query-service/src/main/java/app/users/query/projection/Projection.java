package app.users.query.projection;

import app.users.events.EventKey;
import app.users.events.Topics;
import app.users.kafka.EventRecord;
import app.users.kafka.Progress;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Folds a batch of events in memory, writes the views at once, then its position. Idempotent by version. A bad event
 * parks its user and lets the others pass; an outage throws, and the batch comes again.
 */
class Projection extends ResumingListener {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private record Retry(UserView parked, CompletableFuture<UserView> result) {

        TopicPartition partition() {
            return new TopicPartition(
                    Topics.EVENTS, Objects.requireNonNull(parked.parked()).partition());
        }
    }

    private final Views views;
    private final Recheck recheck;
    private final Progress progress;
    private final ConsumerFactory<String, byte[]> consumers;
    private final Queue<Retry> retries = new ConcurrentLinkedQueue<>();

    Projection(
            Views views,
            Recheck recheck,
            Positions positions,
            Progress progress,
            ConsumerFactory<String, byte[]> consumers) {
        super(positions, progress);
        this.views = views;
        this.recheck = recheck;
        this.progress = progress;
        this.consumers = consumers;
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

    /**
     * Reads again what a parked user missed.
     *
     * @return the view then; parked again when the cause is still there
     */
    CompletableFuture<UserView> retry(UserView parked) {
        CompletableFuture<UserView> result = new CompletableFuture<>();
        retries.add(new Retry(parked, result));
        return result;
    }

    /** On the thread that reads the partition: so nothing of the user comes in between. */
    @Override
    void betweenBatches(Collection<TopicPartition> read) {
        for (Retry retry : retries) {
            if (read.contains(retry.partition()) && retries.remove(retry)) {
                try {
                    retry.result().complete(readAgain(retry));
                } catch (RuntimeException e) {
                    retry.result().completeExceptionally(e);
                }
            }
        }
    }

    private UserView readAgain(Retry retry) {
        UserView stored = users().find(retry.parked().id()).orElse(retry.parked());
        Parked parked = stored.parked();
        if (parked == null) {
            return stored;
        }
        UserView view = readOn(stored.parked(null), parked, retry.partition());
        users().save(List.of(view));
        views.arrivals().saw(List.of(view));
        return view;
    }

    /** What is missing may have been sent after what came too early. */
    private UserView readOn(UserView from, Parked parked, TopicPartition partition) {
        UserView view = from;
        Parked trouble = parked;
        long end = progress.reached().getOrDefault(partition, 0L);
        try (Consumer<String, byte[]> consumer = consumers.createConsumer("users-query-retry", "")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, parked.offset());
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> raw : consumer.poll(POLL)) {
                    EventRecord record = EventRecord.of(raw).orElse(null);
                    if (record == null || record.user() != view.id() || record.version() <= view.version()) {
                        continue;
                    }
                    try {
                        view = Folding.fold(view, record);
                    } catch (UnreadableEvent e) {
                        trouble = record.version() > trouble.version() ? Folding.parked(record, e) : trouble;
                    }
                }
            }
        }
        return trouble.version() > view.version() ? view.parked(trouble) : view;
    }
}
