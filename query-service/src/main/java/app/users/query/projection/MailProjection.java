package app.users.query.projection;

import app.users.events.EventKey;
import app.users.events.MailState;
import app.users.query.view.UserView;
import app.users.query.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the state of each user's last mails. A record that cannot be read is passed over: the next state follows. */
class MailProjection extends ResumingListener {

    private static final Logger LOG = LoggerFactory.getLogger(MailProjection.class);

    private final Views views;
    private final JsonMapper json = JsonMapper.builder().build();

    MailProjection(Views views, Positions positions, Progress progress) {
        super(positions, progress);
        this.views = views;
    }

    @Override
    void prepare() {
        // mails are found by their id alone
    }

    @Override
    void write(List<ConsumerRecord<String, byte[]>> batch) {
        List<MailState> states = batch.stream().flatMap(r -> read(r).stream()).toList();
        views.mails().save(states);
        removeOfErased(states.stream().map(MailState::user).collect(Collectors.toSet()));
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
        views.mails()
                .remove(views.users().find(users).values().stream()
                        .filter(UserView::erased)
                        .map(UserView::id)
                        .toList());
    }
}
