package app.users.command.relay;

import app.users.events.EventKey;
import app.users.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** What can be written to {@link Topics#EVENTS}. */
class EventTopic {

    private static final long PATIENCE_SECONDS = 30;

    private final KafkaTemplate<String, byte[]> kafka;

    EventTopic(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> record) {
        return kafka.send(record);
    }

    /** What an erased event becomes: compaction then drops it from the log. */
    CompletableFuture<SendResult<String, byte[]>> sendTombstone(long user, long version) {
        return kafka.send(new ProducerRecord<>(Topics.EVENTS, new EventKey(user, version).toString(), null));
    }

    /** For every event of the user before this version. */
    List<CompletableFuture<SendResult<String, byte[]>>> sendTombstonesBefore(long user, long version) {
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>();
        LongStream.range(1, version).forEach(earlier -> sent.add(sendTombstone(user, earlier)));
        return sent;
    }

    /** A record that says nothing: only a log that grows is rolled, and only what was rolled is compacted. */
    List<CompletableFuture<SendResult<String, byte[]>>> sendTicks() {
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>();
        kafka.partitionsFor(Topics.EVENTS)
                .forEach(p -> sent.add(kafka.send(new ProducerRecord<>(
                        Topics.EVENTS, p.partition(), Topics.TICK + "/" + p.partition(), new byte[0]))));
        return sent;
    }

    /** Returns when Kafka has them all: the offset after the last one, by partition. */
    Map<Integer, Long> await(List<CompletableFuture<SendResult<String, byte[]>>> sent) {
        kafka.flush();
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
}
