package app.users.notification;

import app.users.events.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.KafkaAdmin;

/** What Kafka says about {@link Topics#EVENTS}. */
final class EventLog {

    private static final long PATIENCE_SECONDS = 10;

    /**
     * @param id of the topic; another one after it was deleted and made again
     * @param ends the offset after the last record
     * @param starts the offset of the first record since the asked time, or the end
     */
    record Extent(String id, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> starts) {

        long end(TopicPartition partition) {
            return ends.getOrDefault(partition, 0L);
        }

        long since(TopicPartition partition) {
            return starts.getOrDefault(partition, 0L);
        }
    }

    private final KafkaAdmin kafka;

    EventLog(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    Extent extent(Collection<TopicPartition> partitions, Instant since) {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            String id = admin.describeTopics(List.of(Topics.EVENTS))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
            Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> from = offsets(admin, partitions, OffsetSpec.forTimestamp(since.toEpochMilli()));
            from.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
            return new Extent(id, ends, from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka answered", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer", e);
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> which)))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }
}
