package app.users.query.projection;

import app.users.events.Topics;
import app.users.kafka.EventRecord;
import app.users.kafka.ReaderProgress;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import app.users.query.view.Views;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/** Reads again what parked users missed, between two batches of the projection. */
final class ParkedRetries {

    private static final Duration POLL = Duration.ofSeconds(1);

    private record Retry(UserView parked, CompletableFuture<UserView> result) {

        TopicPartition partition() {
            return new TopicPartition(
                    Topics.EVENTS, Objects.requireNonNull(parked.parked()).partition());
        }
    }

    private final Views views;
    private final ReaderProgress progress;
    private final ConsumerFactory<String, byte[]> consumers;
    private final Queue<Retry> retries = new ConcurrentLinkedQueue<>();

    ParkedRetries(Views views, ReaderProgress progress, ConsumerFactory<String, byte[]> consumers) {
        this.views = views;
        this.progress = progress;
        this.consumers = consumers;
    }

    /** @return the view after the retry; parked again when the cause is still there */
    CompletableFuture<UserView> add(UserView parked) {
        CompletableFuture<UserView> result = new CompletableFuture<>();
        retries.add(new Retry(parked, result));
        return result;
    }

    /** On the thread that reads these partitions: so nothing of the user comes in between. */
    void run(Collection<TopicPartition> read) {
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
        UserView stored = views.users().find(retry.parked().id()).orElse(retry.parked());
        Parked parked = stored.parked();
        if (parked == null) {
            return stored;
        }
        UserView view = readOn(stored.parked(null), parked, retry.partition());
        views.users().save(List.of(view));
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
