package app.users.notification.intake;

import app.users.events.Topics;
import app.users.kafka.ReaderProgress;
import app.users.kafka.TopicOffsets;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.LedgerPositions;
import app.users.notification.ledger.MailStateTopic;
import app.users.notification.ledger.Retention;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;

/**
 * Where the reading of each partition stands. If the ledger has no position (its database is new, was dropped, or
 * the position belongs to another topic), it first learns from {@code users.mail} which mails are final, then
 * reads the events that were appended in the last 25 hours; no mail is valid longer. At every start, mails are
 * held until reading has reached the end that the topic had at the start, because later records may erase the user
 * or replace the code.
 */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final LedgerPositions positions;
    private final Ledger ledger;
    private final MailStateTopic states;
    private final TopicOffsets offsets;
    private final ReaderProgress progress;
    private final Clock clock;
    private final Map<TopicPartition, ConsumerSeekCallback> seeks = new ConcurrentHashMap<>();
    private final Map<TopicPartition, String> started = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> behind = new ConcurrentHashMap<>();

    Reading(
            LedgerPositions positions,
            Ledger ledger,
            MailStateTopic states,
            TopicOffsets offsets,
            ReaderProgress progress,
            Clock clock) {
        this.positions = positions;
        this.ledger = ledger;
        this.states = states;
        this.offsets = offsets;
        this.progress = progress;
        this.clock = clock;
    }

    void assigned(Collection<TopicPartition> partitions, ConsumerSeekCallback seek) {
        progress.joined(Topics.EVENTS);
        started.keySet().removeAll(partitions);
        partitions.forEach(p -> seeks.put(p, seek));
    }

    void revoked(Collection<TopicPartition> partitions) {
        started.keySet().removeAll(partitions);
        seeks.keySet().removeAll(partitions);
        progress.released(partitions);
    }

    boolean hasStarted(Collection<TopicPartition> partitions) {
        return started.keySet().containsAll(partitions);
    }

    boolean isBehind(TopicPartition partition) {
        return behind.containsKey(partition);
    }

    /** Goes to where reading has to go on. */
    void start(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        ledger.prepare();
        Instant now = clock.instant();
        String topic = offsets.topicId(Topics.EVENTS);
        Map<TopicPartition, Long> ends = offsets.ends(List.of(Topics.EVENTS));
        Map<TopicPartition, Long> lately = offsets.since(now.minus(Retention.LATELY), ends);
        Map<TopicPartition, Long> known = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OptionalLong next = positions.next(partition, topic, ends.getOrDefault(partition, 0L));
            next.ifPresent(n -> known.put(partition, n));
        }
        if (known.size() < partitions.size()) {
            LOG.info("the ledger is new or gone: it is built from the topics");
            states.finals(now.minus(Retention.REMEMBERED), ledger::learn);
        }
        for (TopicPartition partition : partitions) {
            Long next = known.get(partition);
            if (next == null) {
                next = lately.getOrDefault(partition, 0L);
                positions.start(partition, topic, next);
            }
            goOn(partition, topic, next, ends.getOrDefault(partition, 0L));
        }
    }

    private void goOn(TopicPartition partition, String topic, long next, long end) {
        ConsumerSeekCallback seek = seeks.get(partition);
        if (seek == null) {
            return;
        }
        seek.seek(partition.topic(), partition.partition(), next);
        behind.put(partition, end);
        started.put(partition, topic);
        releaseAt(partition, next);
    }

    /** Everything before these offsets is in the ledger. */
    void reach(Map<TopicPartition, Long> next) {
        Set<TopicPartition> gone = new HashSet<>();
        next.forEach((partition, offset) -> {
            String topic = started.get(partition);
            if (topic != null && !positions.move(partition, topic, offset)) {
                gone.add(partition);
            } else {
                releaseAt(partition, offset);
            }
        });
        if (!gone.isEmpty()) {
            LOG.warn("the ledger is gone from MongoDB");
            started.keySet().removeAll(gone);
            start(gone);
        }
    }

    private void releaseAt(TopicPartition partition, long next) {
        progress.reached(partition, next);
        Long end = behind.get(partition);
        if (end != null && next >= end) {
            ledger.release(partition.toString(), clock.instant());
            behind.remove(partition);
        }
    }
}
