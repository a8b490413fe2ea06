package app.users.query.projection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Reads a topic on from the position that is kept beside the views, and from the beginning when they are gone or the
 * topic is another one.
 */
abstract class ResumingListener implements ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(ResumingListener.class);

    private final Positions positions;
    private final Progress progress;
    private final Map<TopicPartition, ConsumerSeekCallback> seeks = new ConcurrentHashMap<>();

    ResumingListener(Positions positions, Progress progress) {
        this.positions = positions;
        this.progress = progress;
    }

    /** Makes what has to be there before anything is written. */
    abstract void prepare();

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        assigned.keySet().forEach(partition -> {
            seeks.put(partition, seek);
            resume(partition, seek);
        });
    }

    /** Nothing arrives to notice it by: look whether the views were dropped meanwhile. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        assigned.forEach((partition, offset) -> {
            if (positions.move(partition, offset)) {
                progress.reached(partition, offset);
            } else {
                resume(partition, seek);
            }
        });
    }

    private void resume(TopicPartition partition, ConsumerSeekCallback seek) {
        prepare();
        long next = positions.next(partition);
        progress.reached(partition, next);
        if (next == 0) {
            seek.seekToBeginning(partition.topic(), partition.partition());
        } else {
            seek.seek(partition.topic(), partition.partition(), next);
        }
    }

    /** Call when all before these offsets is written. */
    final void move(Map<TopicPartition, Long> next) {
        for (var step : next.entrySet()) {
            if (!positions.move(step.getKey(), step.getValue())) {
                LOG.warn("the views are gone from MongoDB; they are built again from the topic");
                seeks.forEach(this::resume);
                return;
            }
            progress.reached(step.getKey(), step.getValue());
        }
    }
}
