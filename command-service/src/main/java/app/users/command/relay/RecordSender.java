package app.users.command.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** Sends records without waiting, then waits until Kafka has them all. Both end before the transaction around them. */
public class RecordSender {

    /** Less than the longest transaction of the database role, which is 5 seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** So the producer too gives a record up in time: what it keeps longer would come after its transaction. */
    static final Map<String, Object> SETTINGS = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_500);

    private final KafkaTemplate<String, byte[]> kafka;
    private final Runnable ready;

    /** @param ready throws an {@link IllegalStateException} while nothing may be sent */
    public RecordSender(KafkaTemplate<String, byte[]> kafka, Runnable ready) {
        this.kafka = kafka;
        this.ready = ready;
    }

    /**
     * Returns when Kafka has acknowledged them all: the offset after the last one, by partition.
     *
     * @throws IllegalStateException when it did not within 3 seconds
     */
    public Map<Integer, Long> send(List<ProducerRecord<String, byte[]>> records) {
        ready.run();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>();
        try {
            for (ProducerRecord<String, byte[]> record : records) {
                sent.add(kafka.send(record));
                if (System.nanoTime() - deadline >= 0) {
                    throw notAcknowledged(new TimeoutException("not all could be handed over"));
                }
            }
        } catch (KafkaException e) {
            // where it belongs is not known, or there is no room for it
            throw notAcknowledged(e);
        }
        return await(sent, deadline);
    }

    private static IllegalStateException notAcknowledged(Exception cause) {
        return new IllegalStateException("Kafka did not acknowledge the batch; it is sent again", cause);
    }

    private static Map<Integer, Long> await(List<CompletableFuture<SendResult<String, byte[]>>> sent, long deadline) {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return sent.stream()
                    .map(s -> s.join().getRecordMetadata())
                    .collect(Collectors.toMap(RecordMetadata::partition, m -> m.offset() + 1, Math::max));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka acknowledged the batch", e);
        } catch (ExecutionException | TimeoutException e) {
            throw notAcknowledged(e);
        }
    }

    List<Integer> partitions(String topic) {
        return kafka.partitionsFor(topic).stream().map(PartitionInfo::partition).toList();
    }
}
