package app.users.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Asks Kafka which topics there are and where they end. Every method throws an {@link IllegalStateException} when Kafka
 * does not answer within 10 seconds, or has no such topic.
 */
public final class TopicOffsets implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final KafkaAdmin kafka;
    private @Nullable Admin admin;

    public TopicOffsets(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    /** The id that Kafka gave the topic: another one after the topic was deleted and made again under the same name. */
    public String topicId(String topic) {
        return describe(List.of(topic)).iterator().next().topicId().toString();
    }

    /** The offset after the last record, by partition. */
    public Map<TopicPartition, Long> ends(Collection<String> topics) {
        return offsets(
                describe(topics).stream()
                        .flatMap(topic -> partitions(topic).stream())
                        .toList(),
                OffsetSpec.latest());
    }

    /**
     * The offset of the first record that was appended at this time or later, by partition.
     *
     * @param ends asked for before: the answer where there is no such record
     */
    public Map<TopicPartition, Long> since(Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> found = offsets(ends.keySet(), OffsetSpec.forTimestamp(time.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
        return found;
    }

    private Collection<TopicDescription> describe(Collection<String> topics) {
        return answer(admin().describeTopics(topics).allTopicNames()).values();
    }

    private static Collection<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, ListOffsetsResultInfo> found =
                answer(admin().listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> which)))
                        .all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka answered", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer", e);
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(kafka.getConfigurationProperties());
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
