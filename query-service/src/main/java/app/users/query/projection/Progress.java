package app.users.query.projection;

import app.users.kafka.TopicOffsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** How far this process is with the topics that one set of views is made of. */
final class Progress {

    private final TopicOffsets offsets;
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();

    Progress(TopicOffsets offsets) {
        this.offsets = offsets;
    }

    void reached(TopicPartition partition, long next) {
        reached.put(partition, next);
    }

    /** The offset to be read next; nothing of a partition that another process reads. */
    Map<TopicPartition, Long> reached() {
        return Map.copyOf(reached);
    }

    void released(TopicPartition partition) {
        reached.remove(partition);
    }

    /** Whether everything that is on the topics now has been folded in, here; asks Kafka. */
    boolean caughtUp(Collection<String> topics) {
        try {
            return offsets.ends(topics).entrySet().stream()
                    .allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
