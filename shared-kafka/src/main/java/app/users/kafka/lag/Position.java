package app.users.kafka.lag;

/**
 * Where a reader is in one part of what it reads.
 *
 * @param next what it reads next
 * @param end what will be written next: equal when it has read all
 */
public record Position(long next, long end) {

    long left() {
        return Math.max(0, end - next);
    }
}
