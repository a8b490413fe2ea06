package app.users.command.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** Sends records without waiting, then waits until Kafka has them all. */
public class RecordSender {

    private final KafkaTemplate<String, byte[]> kafka;

    public RecordSender(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> record) {
        return kafka.send(record);
    }

    /**
     * Returns when Kafka has acknowledged them all: the offset after the last one, by partition.
     *
     * @throws IllegalStateException when it did not in time
     */
    public Map<Integer, Long> await(List<CompletableFuture<SendResult<String, byte[]>>> sent, Duration patience) {
        kafka.flush();
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return sent.stream()
                    .map(s -> s.join().getRecordMetadata())
                    .collect(Collectors.toMap(RecordMetadata::partition, m -> m.offset() + 1, Math::max));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka acknowledged the batch", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not acknowledge the batch; it is sent again", e);
        }
    }

    List<Integer> partitions(String topic) {
        return kafka.partitionsFor(topic).stream().map(PartitionInfo::partition).toList();
    }
}
