package app.users.events;

/** CloudEvents 1.0 in binary mode: the headers of a record on each of the {@link Topics}, all UTF-8 text. */
public final class EventHeaders {

    public static final String SPEC_VERSION = "ce_specversion";

    /** Unique per event; a repeat is the same event again. */
    public static final String ID = "ce_id";

    /** The wire name, as in {@link EventType#wireName()}. */
    public static final String TYPE = "ce_type";

    public static final String SOURCE = "ce_source";

    /** The user id. */
    public static final String SUBJECT = "ce_subject";

    /** When it happened: ISO-8601, UTC. */
    public static final String TIME = "ce_time";

    /** The user's version after the event: 1 for the first, without gaps. */
    public static final String SEQUENCE = "ce_sequence";

    /** The same with leading zeros, 19 digits in all: as text it sorts like the number. */
    public static final String SORTABLE_SEQUENCE = "ce_sortablesequence";

    /** Who asked for it: a user id, or {@code system} where nobody was signed in. */
    public static final String ACTOR = "ce_actor";

    /** The way it came: {@code rest} or {@code system}. The value {@code import} is reserved; nothing sends it yet. */
    public static final String CHANNEL = "ce_channel";

    /** Of the request that it came of, made by the server: the {@code X-Request-Id} of the answer. Never a client's own id. */
    public static final String REQUEST_ID = "ce_requestid";

    /** A W3C trace context, made by the server; its trace id is the request id. Never a client's own trace id. */
    public static final String TRACE_PARENT = "ce_traceparent";

    public static final String CONTENT_TYPE = "content-type";

    /** The value of {@link #SOURCE} on {@link Topics#EVENTS} and {@link Topics#SECURITY}. */
    public static final String SOURCE_VALUE = "/users/command";

    /** The value of {@link #SOURCE} on {@link Topics#MAIL}. */
    public static final String MAIL_SOURCE = "/users/notification";

    private EventHeaders() {}
}
