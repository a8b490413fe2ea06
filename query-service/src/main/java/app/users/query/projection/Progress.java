package app.users.query.projection;

import app.users.events.Topics;
import app.users.query.view.UserView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;

/** Tells readers when a view moved, and how far the projection is behind its topic. */
public final class Progress {

    private final Map<Long, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();
    private final KafkaAdmin kafka;

    public Progress(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    void saw(Collection<UserView> views) {
        for (UserView view : views) {
            Set<CountDownLatch> latches = waiting.get(view.id());
            if (latches != null) {
                latches.forEach(CountDownLatch::countDown);
            }
        }
    }

    void reached(TopicPartition partition, long next) {
        reached.merge(partition, next, Math::max);
    }

    /** Register first, then read again, then wait: so no change is missed between reading and waiting. */
    public CountDownLatch register(long user) {
        CountDownLatch latch = new CountDownLatch(1);
        waiting.compute(user, (id, latches) -> {
            Set<CountDownLatch> all = latches == null ? ConcurrentHashMap.newKeySet() : latches;
            all.add(latch);
            return all;
        });
        return latch;
    }

    public void unregister(long user, CountDownLatch latch) {
        waiting.computeIfPresent(user, (id, latches) -> {
            latches.remove(latch);
            return latches.isEmpty() ? null : latches;
        });
    }

    /** Whether everything that is on the topic now has been folded in; asks Kafka. */
    public boolean caughtUp() {
        Map<TopicPartition, Long> ends = ends();
        return ends != null
                && ends.entrySet().stream().allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    private @Nullable Map<TopicPartition, Long> ends() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            TopicDescription topic = admin.describeTopics(List.of(Topics.EVENTS))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
            Map<TopicPartition, OffsetSpec> latest = topic.partitions().stream()
                    .collect(Collectors.toMap(
                            p -> new TopicPartition(Topics.EVENTS, p.partition()), p -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get(10, TimeUnit.SECONDS).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> e.getValue().offset()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }
}
