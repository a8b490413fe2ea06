package app.users.web.http;

/** Header fields that are this system's own. */
public final class UsersHeaders {

    /** On the answer to a write: the user's version after it. */
    public static final String VERSION = "Users-Version";

    /** On a read: the version that the view must have reached. */
    public static final String MIN_VERSION = "Users-Min-Version";

    /** On the answer to the write that erased the caller: {@code true}. */
    public static final String ERASED = "Users-Erased";

    /** On an answer that was given before under the same {@code Idempotency-Key}: {@code true}. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private UsersHeaders() {}
}
