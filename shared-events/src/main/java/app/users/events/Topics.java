package app.users.events;

/** Names on Kafka. */
public final class Topics {

    /** Every event of every user: compacted, key {@link EventKey}, value the event's JSON, headers {@link EventHeaders}. */
    public static final String EVENTS = "users.events";

    /**
     * What became of each mail and text message: compacted, key {@link EventKey}, value {@link MailState} as JSON, headers
     * {@link EventHeaders}.
     */
    public static final String MAIL = "users.mail";

    /** Sign-ins, refusals and revoked sessions: kept for 90 days, key {@link SecurityEvent#subject()}. */
    public static final String SECURITY = "users.security";

    /** Keys that start so carry no event; they keep the log rolling, so that compaction reaches erased records. */
    public static final String TICK = "_tick";

    private Topics() {}
}
