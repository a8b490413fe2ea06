package app.users.command.relay;

import app.users.events.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Now and then sends a record that says nothing to each partition: only a log that grows is rolled, and only what was rolled
 * is compacted.
 */
class CompactionUpkeep {

    private final RecordSender sender;

    CompactionUpkeep(RecordSender sender) {
        this.sender = sender;
    }

    void run() {
        var unused = sender.send(sender.partitions(Topics.EVENTS).stream()
                .map(partition ->
                        new ProducerRecord<>(Topics.EVENTS, partition, Topics.TICK + "/" + partition, new byte[0]))
                .toList());
    }
}
