package app.users.query.projection;

import app.users.kafka.ReaderProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Reads a topic on from the position that is kept beside the views, and from the beginning when they are gone or the
 * topic is another one.
 */
abstract class ResumingListener implements BatchMessageListener<String, byte[]>, ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(ResumingListener.class);

    private final String topic;
    private final ViewSchema schema;
    private final ViewPositions positions;
    private final ReaderProgress progress;

    /** What one thread reads. */
    private static final class Reading {

        /** No other thread may seek. */
        private @Nullable ConsumerSeekCallback seek;

        private final Set<TopicPartition> assigned = new HashSet<>();

        /**
         * The positions that this thread stored last. A partition without one is read on from what MongoDB has: after its
         * assignment, and after each failure between the write of a batch and the move of its position.
         */
        private final Map<TopicPartition, Long> stored = new HashMap<>();
    }

    private final ThreadLocal<Reading> reading = ThreadLocal.withInitial(Reading::new);

    private volatile boolean prepared;

    ResumingListener(String topic, ViewSchema schema, ViewPositions positions, ReaderProgress progress) {
        this.topic = topic;
        this.schema = schema;
        this.positions = positions;
        this.progress = progress;
    }

    /** Makes what has to be there before anything is written. */
    abstract void prepare();

    /** Writes what a batch says. */
    abstract void write(List<ConsumerRecord<String, byte[]>> batch);

    /**
     * Between two batches, on the thread that reads these partitions.
     *
     * @param records of the batch before
     */
    void betweenBatches(Collection<TopicPartition> read, int records) {
        // most have nothing else to do
    }

    /** Leaves out records of partitions that another process reads now: a batch that failed comes again unchanged. */
    @Override
    public final void onMessage(List<ConsumerRecord<String, byte[]>> batch) {
        List<ConsumerRecord<String, byte[]>> own = batch.stream()
                .filter(r -> reading.get().assigned.contains(partition(r)))
                .toList();
        Map<TopicPartition, Long> next = new HashMap<>();
        own.forEach(r -> next.put(partition(r), r.offset() + 1));
        if (!reading.get().stored.keySet().containsAll(next.keySet())) {
            resumeAll();
            return;
        }
        if (!prepared) {
            prepareAll();
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        next.keySet()
                .forEach(partition -> from.put(partition, reading.get().stored.remove(partition)));
        write(own);
        move(from, next);
        betweenBatches(next.keySet(), own.size());
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void prepareAll() {
        schema.check();
        prepare();
        prepared = true;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        progress.joined(topic);
        reading.get().seek = seek;
        reading.get().assigned.addAll(assigned.keySet());
        assigned.keySet().forEach(this::resume);
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            reading.get().assigned.removeAll(revoked);
            reading.get().stored.keySet().removeAll(revoked);
            progress.released(revoked);
        }
    }

    /** No record would reveal that the views were dropped or set back, so the check runs when idle. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        Map<TopicPartition, Long> from = Map.copyOf(reading.get().stored);
        if (from.keySet().containsAll(assigned.keySet())) {
            move(from, assigned);
        } else {
            resumeAll();
        }
        betweenBatches(assigned.keySet(), 0);
    }

    private void resumeAll() {
        reading.get().assigned.forEach(this::resume);
    }

    private void resume(TopicPartition partition) {
        prepareAll();
        long next = positions.next(partition);
        ConsumerSeekCallback seek = Objects.requireNonNull(reading.get().seek, "given with the first assignment");
        if (next == 0) {
            seek.seekToBeginning(partition.topic(), partition.partition());
        } else {
            seek.seek(partition.topic(), partition.partition(), next);
        }
        reading.get().stored.put(partition, next);
        progress.reached(partition, next);
    }

    /** All before the next offsets is written. */
    private void move(Map<TopicPartition, Long> from, Map<TopicPartition, Long> next) {
        for (var step : next.entrySet()) {
            TopicPartition partition = step.getKey();
            if (!positions.move(partition, from.getOrDefault(partition, 0L), step.getValue())) {
                LOG.warn("MongoDB is not as this service left it; the views are read on from what MongoDB has");
                resumeAll();
                return;
            }
            reading.get().stored.put(partition, step.getValue());
            progress.reached(partition, step.getValue());
        }
    }
}
