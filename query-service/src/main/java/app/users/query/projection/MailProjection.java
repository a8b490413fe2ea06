package app.users.query.projection;

import app.users.events.EventKey;
import app.users.events.MailState;
import app.users.events.Topics;
import app.users.query.view.MailStates;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the state of each user's last mails. A record that cannot be read is passed over: the next state follows. */
class MailProjection extends ResumingListener {

    private static final Logger LOG = LoggerFactory.getLogger(MailProjection.class);

    private final MailStates mails;
    private final UserViews views;
    private final JsonMapper json = JsonMapper.builder().build();

    MailProjection(MailStates mails, UserViews views, Positions positions, Progress progress) {
        super(positions, progress);
        this.mails = mails;
        this.views = views;
    }

    @Override
    void prepare() {
        // mails are found by their id alone
    }

    @KafkaListener(
            id = "query-mail-states",
            topics = Topics.MAIL,
            containerFactory = "queryMailKafkaListenerContainerFactory",
            idIsGroup = false)
    void on(List<ConsumerRecord<String, byte[]>> batch) {
        List<MailState> states = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            read(record).ifPresent(states::add);
        }
        mails.save(states);
        removeOfErased(states.stream().map(MailState::user).collect(Collectors.toSet()));
        move(next);
    }

    private Optional<MailState> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || EventKey.parse(record.key()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(record.value(), MailState.class));
        } catch (JacksonException e) {
            LOG.error(
                    "passed over an unreadable state of {} at {}/{}",
                    record.key(),
                    record.partition(),
                    record.offset());
            return Optional.empty();
        }
    }

    /** After the write: whoever is erased in between is removed by the other listener, which looks after its own write. */
    private void removeOfErased(Set<Long> users) {
        mails.remove(views.find(users).values().stream()
                .filter(UserView::erased)
                .map(UserView::id)
                .toList());
    }
}
