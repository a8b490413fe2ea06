package app.users.notification.intake;

import app.users.events.MailState;
import app.users.events.MailState.State;
import app.users.events.Topics;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.MailStateTopic;
import app.users.notification.letters.Mail;
import app.users.notification.outage.OutageLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Writes the mails that events ask for into the ledger; the delivery sends them. Publishes {@code queued} before the ledger
 * has the mail, so that this state never follows a later one. An outage throws, and the batch comes again.
 */
class Intake implements ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final OutageLog outages = new OutageLog(LOG);
    private final Reading reading;
    private final Ledger ledger;
    private final MailStateTopic states;
    private final Clock clock;
    private final Runnable wakeDispatchers;

    Intake(Reading reading, Ledger ledger, MailStateTopic states, Clock clock, Runnable wakeDispatchers) {
        this.reading = reading;
        this.ledger = ledger;
        this.states = states;
        this.clock = clock;
        this.wakeDispatchers = wakeDispatchers;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        reading.assigned(assigned.keySet(), seek);
        tryTo(() -> reading.start(assigned.keySet()));
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            reading.revoked(revoked);
        }
    }

    /** No record would reveal that the ledger was dropped, so the check runs when idle. */
    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        tryTo(() -> {
            if (reading.hasStarted(assigned.keySet())) {
                reading.reach(assigned);
            } else {
                reading.start(assigned.keySet());
            }
        });
    }

    /** What fails here is tried again with the next records, or within a second when there are none. */
    private void tryTo(Runnable step) {
        try {
            step.run();
            outages.ended();
        } catch (RuntimeException e) {
            outages.failed("reading waits: " + e);
        }
    }

    @KafkaListener(
            id = "notification-intake",
            topics = Topics.EVENTS,
            containerFactory = "notificationKafkaListenerContainerFactory",
            idIsGroup = false)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        RequestedMails batch = new RequestedMails(records);
        if (!reading.hasStarted(batch.next.keySet())) {
            // these records may lie anywhere: once started, the right ones come
            reading.start(batch.next.keySet());
            return;
        }
        Instant now = clock.instant();
        batch.asked.forEach((partition, mails) -> take(partition, mails, now));
        ledger.erase(batch.erased, now);
        reading.reach(batch.next);
        wakeDispatchers.run();
    }

    private void take(TopicPartition partition, Map<String, Mail> mails, Instant now) {
        Set<String> known = ledger.known(mails.keySet());
        List<Mail> fresh =
                mails.values().stream().filter(m -> !known.contains(m.event())).toList();
        states.publish(fresh.stream().map(m -> queued(m, now)).toList());
        ledger.add(fresh, reading.isBehind(partition) ? partition.toString() : null, now);
        ledger.replaceOlder(mails.values(), now);
    }

    private static MailState queued(Mail mail, Instant now) {
        return new MailState(mail.user(), mail.version(), mail.event(), mail.kind(), State.QUEUED, now, null);
    }
}
