package app.users.query.projection;

import app.users.events.UserEvent;
import app.users.events.UserEvent.UserErased;
import app.users.kafka.EventRecord;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.Fold;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import org.jspecify.annotations.Nullable;

/** Folds records into views: checks what {@link Fold} relies on. */
final class Folding {

    private Folding() {}

    /** The view after the record; parked as before while later versions were seen that it does not have. */
    static UserView fold(@Nullable UserView view, EventRecord record) throws UnreadableEvent {
        long before = view == null ? 0 : view.version();
        UserEvent event = record.event();
        if (record.version() != before + 1 && !isTerminal(record)) {
            throw new UnreadableEvent("expected version " + (before + 1));
        }
        try {
            UserView after =
                    Fold.apply(view == null || !view.isKnown() ? null : view, event, record.version(), record.time());
            Parked parked = view == null ? null : view.parked();
            return parked == null || after.erased() || after.version() >= parked.seen() ? after : after.parked(parked);
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("does not follow what was before");
        }
    }

    /** Whether it ends the user, whatever is missing before it. */
    static boolean isTerminal(EventRecord record) {
        return record.type().filter(t -> t.eventClass() == UserErased.class).isPresent();
    }

    static Parked parked(EventRecord record, UnreadableEvent why) {
        return new Parked(
                record.version(),
                record.partition().partition(),
                record.record().offset(),
                String.valueOf(why.getMessage()),
                record.version());
    }
}
