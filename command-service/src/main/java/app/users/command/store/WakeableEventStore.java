package app.users.command.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.jspecify.annotations.Nullable;

/**
 * An event store whose streams tell their reader at commit, here or in another process, instead of being asked every
 * half second. Needs {@code optimizeEventConsumption(false)}: streams then read the table itself, so a wake-up never
 * comes before the event.
 */
final class WakeableEventStore extends EmbeddedEventStore {

    private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
    private final Announcements announcements;

    WakeableEventStore(Builder builder, Announcements announcements) {
        super(builder.optimizeEventConsumption(false));
        this.announcements = announcements;
        announcements.listen(this::wakeUp);
    }

    private void wakeUp() {
        sleepers.forEach(Runnable::run);
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        super.afterCommit(events);
        if (sleepers.isEmpty()) {
            // nobody reads here, so the relay runs elsewhere
            announcements.announce();
        } else {
            wakeUp();
        }
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return new WakeableStream(super.openStream(token));
    }

    private final class WakeableStream implements TrackingEventStream {

        private final TrackingEventStream stream;
        private @Nullable Runnable sleeper;

        WakeableStream(TrackingEventStream stream) {
            this.stream = stream;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            forget();
            sleeper = callback;
            sleepers.add(callback);
            return true;
        }

        @Override
        public void close() {
            forget();
            stream.close();
        }

        private void forget() {
            if (sleeper != null) {
                sleepers.remove(sleeper);
            }
        }
    }
}
