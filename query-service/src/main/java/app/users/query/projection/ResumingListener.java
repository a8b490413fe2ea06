package app.users.query.projection;

import app.users.kafka.ReaderProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** A partition that this thread reads: how to seek, which no other thread may, and the position that it stored last. */
    private record Reading(ConsumerSeekCallback seek, long stored) {}

    private final ThreadLocal<Map<TopicPartition, Reading>> readings = ThreadLocal.withInitial(HashMap::new);

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
        if (!prepared) {
            prepareAll();
        }
        write(batch);
        Map<TopicPartition, Long> next = new HashMap<>();
        batch.forEach(r -> next.put(new TopicPartition(r.topic(), r.partition()), r.offset() + 1));
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
        assigned.keySet().forEach(partition -> resume(partition, seek));
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            readings.get().keySet().removeAll(revoked);
            progress.released(revoked);
        }
    }

    /** No record would reveal that the views were dropped or set back, so the check runs when idle. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        move(assigned);
        betweenBatches(assigned.keySet(), 0);
    }

    private void resume(TopicPartition partition, ConsumerSeekCallback seek) {
        prepareAll();
        long next = positions.next(partition);
        readings.get().put(partition, new Reading(seek, next));
        progress.reached(partition, next);
        if (next == 0) {
            seek.seekToBeginning(partition.topic(), partition.partition());
        } else {
            seek.seek(partition.topic(), partition.partition(), next);
        }
    }

    /** All before these offsets is written. */
    private void move(Map<TopicPartition, Long> next) {
        for (var step : next.entrySet()) {
            Reading reading = readings.get().get(step.getKey());
            if (reading == null) {
                continue;
            }
            if (!positions.move(step.getKey(), reading.stored(), step.getValue())) {
                LOG.warn("MongoDB is not as this service left it; the views are read on from what MongoDB has");
                Map.copyOf(readings.get()).forEach((partition, known) -> resume(partition, known.seek()));
                return;
            }
            readings.get().put(step.getKey(), new Reading(reading.seek(), step.getValue()));
            progress.reached(step.getKey(), step.getValue());
        }
    }
}
