package app.users.kafka;

/** An event that cannot be read or does not follow the ones before; its message says why and holds nothing personal. */
public final class UnreadableEvent extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String why) {
        super(why);
    }
}
