package app.users.query.projection;

/**
 * How far views are that began from nothing, whichever processes build them.
 *
 * @param events the records that are folded in
 * @param of the records that were there when it began
 */
public record RebuildProgress(long events, long of) {

    /** Whether reads would miss much. */
    public boolean isRunning() {
        return events < of;
    }
}
