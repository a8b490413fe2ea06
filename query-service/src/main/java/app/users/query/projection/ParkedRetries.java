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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads the events of parked users again, between two batches of the projection: of users whose missing event has come, and of
 * users whom an operator names. An early record stands on the topic before the records that it waits for, so one pass may not
 * be enough: passes repeat while the last one advanced a view.
 */
final class ParkedRetries {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** Kafka takes the partitions away from a reader that does not ask for more within 5 minutes. */
    private static final Duration LONGEST_PASS = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(ParkedRetries.class);

    private record Asked(long user, TopicPartition partition, CompletableFuture<UserView> result) {}

    private final Views views;
    private final ReaderProgress progress;
    private final ConsumerFactory<String, byte[]> consumers;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    /** Of the users who go on since their last pass, by partition; each is touched by the thread that reads it. */
    private final Map<TopicPartition, Set<Long>> waiting = new ConcurrentHashMap<>();

    ParkedRetries(Views views, ReaderProgress progress, ConsumerFactory<String, byte[]> consumers) {
        this.views = views;
        this.progress = progress;
        this.consumers = consumers;
    }

    /** @return the view after the retry; parked again when the cause is still there */
    CompletableFuture<UserView> ask(UserView parked, Parked why) {
        CompletableFuture<UserView> result = new CompletableFuture<>();
        asked.add(new Asked(parked.id(), partition(why), result));
        return result;
    }

    /**
     * Remembers which of these users are parked and can continue.
     *
     * @param changed views that advanced
     */
    void add(Collection<UserView> changed) {
        for (UserView view : changed) {
            Parked parked = view.parked();
            if (parked != null && view.version() + 1 >= parked.version()) {
                wait(partition(parked), Set.of(view.id()));
            }
        }
    }

    /** Atomic with the removal in {@link #run}: no user is added to a set that was removed. */
    private void wait(TopicPartition partition, Set<Long> users) {
        waiting.compute(partition, (p, before) -> {
            Set<Long> all = before == null ? new HashSet<>() : before;
            all.addAll(users);
            return all;
        });
    }

    private static TopicPartition partition(Parked why) {
        return new TopicPartition(Topics.EVENTS, why.partition());
    }

    /**
     * On the thread that reads these partitions: so nothing of the users comes in between.
     *
     * @param caughtUp whether it is time for those whom nobody asked for
     */
    void run(Collection<TopicPartition> read, boolean caughtUp) {
        for (TopicPartition partition : read) {
            List<Asked> here =
                    asked.stream().filter(a -> a.partition().equals(partition)).toList();
            asked.removeAll(here);
            Set<Long> users = here.stream().map(Asked::user).collect(Collectors.toCollection(HashSet::new));
            Set<Long> automatic = caughtUp ? waiting.remove(partition) : null;
            if (automatic != null) {
                users.addAll(automatic);
            }
            if (users.isEmpty()) {
                continue;
            }
            try {
                Map<Long, UserView> after = readAgain(partition, users);
                here.forEach(a -> complete(a, after.get(a.user())));
            } catch (RuntimeException e) {
                here.forEach(a -> a.result().completeExceptionally(e));
                if (automatic != null) {
                    LOG.warn("{} parked users are read again later: {}", automatic.size(), e.toString());
                    wait(partition, automatic);
                }
            }
        }
    }

    private static void complete(Asked asked, @Nullable UserView after) {
        if (after == null) {
            asked.result().completeExceptionally(new IllegalStateException("the view is gone"));
        } else {
            asked.result().complete(after);
        }
    }

    private Map<Long, UserView> readAgain(TopicPartition partition, Set<Long> users) {
        Map<Long, UserView> found = views.users().find(users);
        boolean further = true;
        while (further && found.values().stream().anyMatch(view -> view.parked() != null)) {
            further = pass(partition, found);
        }
        views.users().save(found.values());
        views.arrivals().saw(found.values());
        long still =
                found.values().stream().filter(view -> view.parked() != null).count();
        LOG.info("{} parked users were read again; {} are still parked.", found.size(), still);
        return found;
    }

    /** Whether a view advanced. */
    private boolean pass(TopicPartition partition, Map<Long, UserView> found) {
        long end = progress.reached().getOrDefault(partition, 0L);
        boolean further = false;
        try (Consumer<String, byte[]> consumer = consumers.createConsumer("users-query-retry", "")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, firstMissed(found));
            long deadline = System.nanoTime() + LONGEST_PASS.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - deadline >= 0) {
                    LOG.warn("The topic is too long to be read again in {}; what was read counts.", LONGEST_PASS);
                    return false;
                }
                for (ConsumerRecord<String, byte[]> raw : consumer.poll(POLL)) {
                    further |= EventRecord.of(raw)
                            .filter(record -> record.record().offset() < end && fold(found, record))
                            .isPresent();
                }
            }
        }
        return further;
    }

    private static long firstMissed(Map<Long, UserView> found) {
        return found.values().stream()
                .flatMap(view -> Stream.ofNullable(view.parked()))
                .mapToLong(Parked::offset)
                .min()
                .orElse(0);
    }

    /** Whether the record advances the view of its user. */
    private static boolean fold(Map<Long, UserView> found, EventRecord record) {
        UserView view = found.get(record.user());
        if (view == null || record.version() != view.version() + 1) {
            return false;
        }
        try {
            found.put(view.id(), Folding.fold(view, record));
            return true;
        } catch (UnreadableEvent e) {
            Parked before = view.parked();
            found.put(
                    view.id(), view.parked(before == null ? Folding.parked(record, e) : before.seen(record.version())));
            return false;
        }
    }
}
