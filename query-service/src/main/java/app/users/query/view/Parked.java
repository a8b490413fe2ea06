package app.users.query.view;

/**
 * Why a user's view is behind: it keeps the last good state until what it waits for comes.
 *
 * @param version the lowest one that could not be folded in
 * @param partition of the topic
 * @param offset of the first record that could not be folded in
 * @param seen the last version that was seen on the topic; the view is behind until it has it
 */
public record Parked(long version, int partition, long offset, String why, long seen) {

    /** The same after another event that could not be folded in, which stands later on the topic. */
    public Parked seen(long later) {
        return new Parked(Math.min(version, later), partition, offset, why, Math.max(seen, later));
    }
}
