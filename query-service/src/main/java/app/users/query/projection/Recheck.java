package app.users.query.projection;

import app.users.kafka.EventRecord;
import app.users.kafka.UnreadableEvent;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a history that comes once more, from the first event on, again beside the view. When both are at the same
 * version they have to be equal; if they are not, the new one is right.
 */
final class Recheck {

    private static final Logger LOG = LoggerFactory.getLogger(Recheck.class);

    /** Of whom the first events have come again. A history that stops coming is forgotten. */
    private final Cache<Long, UserView> folded = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private final Counter checked;
    private final Counter repaired;

    Recheck(MeterRegistry meters) {
        checked = Counter.builder("users.views.checked")
                .description("views that were compared with the events they are made of")
                .register(meters);
        repaired = Counter.builder("users.views.repaired")
                .description("views that differed from their events and were replaced")
                .register(meters);
    }

    /** @return what has to replace the view because of an event that it has already */
    Optional<UserView> check(UserView view, EventRecord record) throws UnreadableEvent {
        UserView before = record.version() == 1 ? null : folded.getIfPresent(view.id());
        if (record.version() != (before == null ? 1 : before.version() + 1)) {
            return Optional.empty();
        }
        UserView after = Folding.fold(before, record);
        if (after.version() < view.version()) {
            folded.put(view.id(), after);
            return Optional.empty();
        }
        folded.invalidate(view.id());
        checked.increment();
        var differences = UserViews.differences(view, after);
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        repaired.increment();
        LOG.error(
                "The view of user {} at version {} was wrong in {}; it is replaced by what its events say.",
                view.id(),
                view.version(),
                differences);
        return Optional.of(after);
    }
}
