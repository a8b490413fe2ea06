package app.users.query.projection;

import app.users.lag.TopicEnds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** How far one set of views is with the topics it is made of. */
final class Progress {

    /**
     * @param events the records that are folded in
     * @param of the records that were there when it began
     */
    record Rebuild(long events, long of) {}

    private final TopicEnds ends;
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> target = new ConcurrentHashMap<>();

    Progress(TopicEnds ends) {
        this.ends = ends;
    }

    void reached(TopicPartition partition, long next) {
        reached.put(partition, next);
    }

    /** It begins from nothing: what is there now makes it complete. */
    void rebuilds(TopicPartition partition) {
        try {
            target.put(partition, ends.of(List.of(partition.topic())).getOrDefault(partition, 0L));
        } catch (IllegalStateException e) {
            // then only the lag tells
            target.remove(partition);
        }
    }

    /** The offset to be read next; nothing of a partition that another process reads. */
    Map<TopicPartition, Long> reached() {
        return Map.copyOf(reached);
    }

    void released(TopicPartition partition) {
        reached.remove(partition);
        target.remove(partition);
    }

    /** Whether reads would miss much: it began from nothing and is not yet through. */
    boolean isRebuilding() {
        Rebuild rebuild = rebuild();
        return rebuild.events() < rebuild.of();
    }

    Rebuild rebuild() {
        long events = 0;
        long of = 0;
        for (var end : target.entrySet()) {
            of += end.getValue();
            events += Math.min(end.getValue(), reached.getOrDefault(end.getKey(), 0L));
        }
        return new Rebuild(events, of);
    }

    /** Whether everything that is on the topics now has been folded in, here; asks Kafka. */
    boolean caughtUp(Collection<String> topics) {
        try {
            return ends.of(topics).entrySet().stream()
                    .allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
