package app.users.query.projection;

/** An event that cannot be folded in; its message says why. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
        super(why);
    }
}
