package app.users.query.projection;

import app.users.events.EventKey;
import app.users.events.MailState;
import app.users.events.Topics;
import app.users.kafka.MailStateRecord;
import app.users.kafka.ReaderProgress;
import app.users.query.view.UserView;
import app.users.query.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the state of each user's last mails. A record that cannot be read is passed over: the next state follows. */
class MailProjection extends ResumingListener {

    private final Views views;

    MailProjection(Views views, ViewSchema schema, ViewPositions positions, ReaderProgress progress) {
        super(Topics.MAIL, schema, positions, progress);
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

    private static Optional<MailState> read(ConsumerRecord<String, byte[]> record) {
        return EventKey.parse(record.key()).flatMap(key -> MailStateRecord.read(record));
    }

    /** After the write: of a user who is erased in between, the other listener removes the mails after its own write. */
    private void removeOfErased(Set<Long> users) {
        views.mails()
                .remove(views.users().find(users).values().stream()
                        .filter(UserView::erased)
                        .map(UserView::id)
                        .toList());
    }
}
