package app.users.kafka;

import app.users.kafka.lag.Position;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** How far one reader of this process is with each partition that it reads. */
public final class ReaderProgress {

    private final TopicOffsets offsets;
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();
    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    public ReaderProgress(TopicOffsets offsets) {
        this.offsets = offsets;
    }

    /** The consumer group has assigned partitions of the topic to this process, or none because others read them all. */
    public void joined(String topic) {
        joined.add(topic);
    }

    /** @param next the offset to read next */
    public void reached(TopicPartition partition, long next) {
        reached.put(partition, next);
    }

    /** The offset to read next, by partition; without those that another process reads. */
    public Map<TopicPartition, Long> reached() {
        return Map.copyOf(reached);
    }

    /** Another process may read them now. */
    public void released(Collection<TopicPartition> partitions) {
        reached.keySet().removeAll(partitions);
    }

    /** Whether this process has read everything that is on the topics now; asks Kafka. */
    public boolean caughtUp(Collection<String> topics) {
        try {
            return offsets.ends(topics).entrySet().stream()
                    .allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * How far it is with each partition that it reads; asks Kafka.
     *
     * @param topic whose partitions the consumer group must have assigned, if only an empty set of them
     * @throws IllegalStateException when Kafka does not answer, or did not let this process into the consumer group yet
     */
    public Map<String, Position> positions(String topic) {
        if (!joined.contains(topic)) {
            throw new IllegalStateException("not a member of the group that reads " + topic + " yet");
        }
        Map<TopicPartition, Long> ends = offsets.ends(
                reached.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        return reached.entrySet().stream()
                .collect(Collectors.toMap(
                        next -> next.getKey().toString(),
                        next -> new Position(next.getValue(), ends.getOrDefault(next.getKey(), 0L))));
    }
}
