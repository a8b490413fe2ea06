package app.users.kafka.lag;

/**
 * How far a reader is behind.
 *
 * @param events how many it has not read
 * @param seconds for how long at least the oldest of them has been there
 * @param stuck whether it has not moved for too long though there is something to read
 */
public record Lag(long events, long seconds, boolean stuck) {

    static final Lag NONE = new Lag(0, 0, false);
}
