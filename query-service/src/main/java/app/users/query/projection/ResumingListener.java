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

    /** Of the thread that reads them: no other may seek. */
    private final ThreadLocal<Map<TopicPartition, ConsumerSeekCallback>> seeks = ThreadLocal.withInitial(HashMap::new);

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
        assigned.keySet().forEach(partition -> {
            seeks.get().put(partition, seek);
            resume(partition, seek);
        });
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            seeks.get().keySet().removeAll(revoked);
            progress.released(revoked);
        }
    }

    /** No record would reveal that the views were dropped, so the check runs when idle. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        assigned.forEach((partition, offset) -> {
            if (positions.move(partition, offset)) {
                progress.reached(partition, offset);
            } else {
                resume(partition, seek);
            }
        });
        betweenBatches(assigned.keySet(), 0);
    }

    private void resume(TopicPartition partition, ConsumerSeekCallback seek) {
        prepareAll();
        long next = positions.next(partition);
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
            if (!positions.move(step.getKey(), step.getValue())) {
                LOG.warn("the views are gone from MongoDB; they are built again from the topic");
                seeks.get().forEach(this::resume);
                return;
            }
            progress.reached(step.getKey(), step.getValue());
        }
    }
}
