package app.users.query.view;

/**
 * Why a user's view stands still: it keeps the last good state until the cause is repaired.
 *
 * @param version of the event that could not be folded in
 * @param partition of the topic, where that event is
 * @param offset in the partition
 */
public record Parked(long version, int partition, long offset, String why) {}
