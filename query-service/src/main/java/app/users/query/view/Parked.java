package app.users.query.view;

/**
 * Why a user's view is behind: it keeps the last good state until what it waits for comes.
 *
 * @param version of the event that could not be folded in
 * @param partition of the topic, where that event is
 * @param offset in the partition
 * @param seen the last version that was seen on the topic; the view is behind until it has it
 */
public record Parked(long version, int partition, long offset, String why, long seen) {

    public Parked seen(long later) {
        return new Parked(version, partition, offset, why, Math.max(seen, later));
    }
}
