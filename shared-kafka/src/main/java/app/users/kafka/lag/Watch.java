package app.users.kafka.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at one reader now and then. What it cannot see in a look it forgets, so that an outage is not taken for a standstill. */
final class Watch {

    private record Look(Instant at, long end) {}

    private static final class Part {

        /** Where the part ended at each look that the reader has not yet passed. */
        private final Deque<Look> ahead = new ArrayDeque<>();

        private long next = Long.MIN_VALUE;

        /** Since when it is seen at this position with something to read. */
        private @Nullable Instant standing;
    }

    private final Duration patience;
    private Map<String, Part> parts = new HashMap<>();

    /** @param patience with a reader that has something to read and does not move */
    Watch(Duration patience) {
        this.patience = patience;
    }

    Lag look(Map<String, Position> positions, Instant now) {
        Map<String, Part> seen = new HashMap<>();
        long events = 0;
        long seconds = 0;
        boolean stuck = false;
        for (var entry : positions.entrySet()) {
            Position position = entry.getValue();
            Part part = parts.getOrDefault(entry.getKey(), new Part());
            seen.put(entry.getKey(), part);
            if (position.left() == 0) {
                part.standing = null;
                // an outbox that is empty begins at zero again
                part.ahead.clear();
            } else if (position.next() != part.next || part.standing == null) {
                part.standing = now;
            }
            part.next = position.next();
            if (position.left() > 0
                    && (part.ahead.isEmpty() || part.ahead.getLast().end() < position.end())) {
                part.ahead.add(new Look(now, position.end()));
            }
            while (!part.ahead.isEmpty() && part.ahead.getFirst().end() <= position.next()) {
                part.ahead.removeFirst();
            }
            events += position.left();
            if (!part.ahead.isEmpty()) {
                seconds = Math.max(
                        seconds,
                        Duration.between(part.ahead.getFirst().at(), now).toSeconds());
            }
            stuck |= part.standing != null
                    && Duration.between(part.standing, now).compareTo(patience) >= 0;
        }
        parts = seen;
        return new Lag(events, seconds, stuck);
    }

    void forget() {
        parts = new HashMap<>();
    }
}
