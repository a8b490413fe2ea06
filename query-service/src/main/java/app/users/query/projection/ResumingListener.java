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

    private final ViewSchema schema;
    private final ViewPositions positions;
    private final ReaderProgress progress;

    /** What one thread reads. */
    private static final class Reading {

        /** No other thread may seek. */
        private @Nullable ConsumerSeekCallback seek;

        /** The positions that this thread stored last. */
        private final Map<TopicPartition, Long> stored = new HashMap<>();
    }

    private final ThreadLocal<Reading> reading = ThreadLocal.withInitial(Reading::new);

    private volatile boolean prepared;

    ResumingListener(ViewSchema schema, ViewPositions positions, ReaderProgress progress) {
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

    @Override
    public final void onMessage(List<ConsumerRecord<String, byte[]>> batch) {
        Map<TopicPartition, Long> next = new HashMap<>();
        batch.forEach(r -> next.put(new TopicPartition(r.topic(), r.partition()), r.offset() + 1));
        if (!reading.get().stored.keySet().containsAll(next.keySet())) {
            // MongoDB was away when they were assigned: what came is read again, from where MongoDB says
            resumeAll(next.keySet());
            return;
        }
        if (!prepared) {
            prepareAll();
        }
        write(batch);
        move(next);
        betweenBatches(next.keySet(), batch.size());
    }

    private void prepareAll() {
        schema.check();
        prepare();
        prepared = true;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        reading.get().seek = seek;
        assigned.keySet().forEach(this::resume);
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            reading.get().stored.keySet().removeAll(revoked);
            progress.released(revoked);
        }
    }

    /** No record would reveal that the views were dropped or set back, so the check runs when idle. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        if (reading.get().stored.keySet().containsAll(assigned.keySet())) {
            move(assigned);
        } else {
            resumeAll(assigned.keySet());
        }
        betweenBatches(assigned.keySet(), 0);
    }

    private void resume(TopicPartition partition) {
        prepareAll();
        long next = positions.next(partition);
        ConsumerSeekCallback seek = Objects.requireNonNull(reading.get().seek, "given with the first assignment");
        reading.get().stored.put(partition, next);
        progress.reached(partition, next);
        if (next == 0) {
            seek.seekToBeginning(partition.topic(), partition.partition());
        } else {
            seek.seek(partition.topic(), partition.partition(), next);
        }
    }

    private void resumeAll(Collection<TopicPartition> further) {
        Set<TopicPartition> all = new HashSet<>(reading.get().stored.keySet());
        all.addAll(further);
        all.forEach(this::resume);
    }

    /** All before these offsets is written. */
    private void move(Map<TopicPartition, Long> next) {
        for (var step : next.entrySet()) {
            long from = reading.get().stored.getOrDefault(step.getKey(), 0L);
            if (!positions.move(step.getKey(), from, step.getValue())) {
                LOG.warn("MongoDB is not as this service left it; the views are read on from what MongoDB has");
                resumeAll(List.of());
                return;
            }
            reading.get().stored.put(step.getKey(), step.getValue());
            progress.reached(step.getKey(), step.getValue());
        }
    }
}
