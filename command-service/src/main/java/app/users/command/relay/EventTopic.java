package app.users.command.relay;

import app.users.events.EventKey;
import app.users.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.support.SendResult;

/** What can be written to {@link Topics#EVENTS}. */
class EventTopic {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordSender sender;

    EventTopic(RecordSender sender) {
        this.sender = sender;
    }

    CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> record) {
        return sender.send(record);
    }

    /** What an erased event becomes: compaction then drops it from the log. */
    CompletableFuture<SendResult<String, byte[]>> sendTombstone(long user, long version) {
        return sender.send(new ProducerRecord<>(Topics.EVENTS, new EventKey(user, version).toString(), null));
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
        sender.partitions(Topics.EVENTS)
                .forEach(partition -> sent.add(sender.send(
                        new ProducerRecord<>(Topics.EVENTS, partition, Topics.TICK + "/" + partition, new byte[0]))));
        return sent;
    }

    /** Returns when Kafka has them all: the offset after the last one, by partition. */
    Map<Integer, Long> await(List<CompletableFuture<SendResult<String, byte[]>>> sent) {
        return await(sent, PATIENCE);
    }

    Map<Integer, Long> await(List<CompletableFuture<SendResult<String, byte[]>>> sent, Duration patience) {
        return sender.await(sent, patience);
    }
}
