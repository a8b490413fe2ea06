package app.users.kafka;

import java.util.Collection;
import java.util.Map;
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

/** Asks Kafka where topics end. */
public final class TopicOffsets implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final KafkaAdmin kafka;
    private @Nullable Admin admin;

    public TopicOffsets(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    /**
     * The offset after the last record, by partition.
     *
     * @throws IllegalStateException when Kafka does not answer, or has no such topic
     */
    public Map<TopicPartition, Long> ends(Collection<String> topics) {
        try {
            Map<TopicPartition, OffsetSpec> latest =
                    admin()
                            .describeTopics(topics)
                            .allTopicNames()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .values()
                            .stream()
                            .flatMap(topic -> partitions(topic).stream())
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin().listOffsets(latest).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> e.getValue().offset()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka told where its topics end", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell where its topics end", e);
        }
    }

    private static Collection<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(p -> new TopicPartition(topic.name(), p.partition()))
                .toList();
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
