package app.users.events;

import java.util.Optional;

/**
 * The key of a record on {@link Topics#EVENTS}: {@code <user id>/<version>}. No key repeats, so compaction keeps the
 * whole history. The user alone chooses the partition, so a user's events stay in order.
 */
public record EventKey(long user, long version) {

    /** Nothing for records that are no events, such as the ticks whose key starts with an underscore. */
    public static Optional<EventKey> parse(String key) {
        int slash = key.lastIndexOf('/');
        if (slash <= 0 || key.startsWith(Topics.TICK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new EventKey(Long.parseLong(key.substring(0, slash)), Long.parseLong(key.substring(slash + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return user + "/" + version;
    }
}
