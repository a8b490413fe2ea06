package app.users.command.relay;

import app.users.events.EventKey;
import app.users.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** What can be written to {@link Topics#EVENTS}. */
class EventTopic {

    private static final long PATIENCE_SECONDS = 30;

    private final KafkaTemplate<String, byte[]> kafka;

    EventTopic(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        return kafka.send(record);
    }

    /** What an erased event becomes: compaction then drops it from the log. */
    CompletableFuture<?> sendTombstone(long user, long version) {
        return kafka.send(new ProducerRecord<>(Topics.EVENTS, new EventKey(user, version).toString(), null));
    }

    /** For every event of the user before this version. */
    List<CompletableFuture<?>> sendTombstonesBefore(long user, long version) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        LongStream.range(1, version).forEach(earlier -> sent.add(sendTombstone(user, earlier)));
        return sent;
    }

    /** A record that says nothing: only a log that grows is rolled, and only what was rolled is compacted. */
    List<CompletableFuture<?>> sendTicks() {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        kafka.partitionsFor(Topics.EVENTS)
                .forEach(p -> sent.add(kafka.send(new ProducerRecord<>(
                        Topics.EVENTS, p.partition(), Topics.TICK + "/" + p.partition(), new byte[0]))));
        return sent;
    }

    /** Returns when Kafka has them all. */
    void await(List<CompletableFuture<?>> sent) {
        kafka.flush();
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka acknowledged the batch", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not acknowledge the batch; it is sent again", e);
        }
    }
}
