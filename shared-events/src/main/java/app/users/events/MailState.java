package app.users.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a mail or text message: the value of a record on {@code users.mail}, whose key is that of the event that
 * asked for it. Says nothing about the person but the id.
 *
 * @param version of the event that asked for it
 * @param event the id of that event, and of the message
 * @param at when it came into this state
 * @param reason why it was deferred ({@code unreachable}) or has failed: {@code refused}, {@code expired},
 *     {@code replaced} by a newer code, {@code erased} with the user, {@code unconfigured}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailState(
        long user,
        long version,
        String event,
        Kind kind,
        State state,
        Instant at,
        @Nullable String reason) {

    /** The value of {@link EventHeaders#TYPE}. */
    public static final String WIRE_NAME = "user.mail-state.v1";

    /** What the message is about. */
    public enum Kind {
        @JsonProperty("email")
        EMAIL,
        @JsonProperty("number")
        NUMBER,
        @JsonProperty("password")
        PASSWORD,
        @JsonProperty("notice")
        NOTICE
    }

    /** Sent and failed are final. */
    public enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("deferred")
        DEFERRED,
        @JsonProperty("sent")
        SENT,
        @JsonProperty("failed")
        FAILED;

        public boolean isFinal() {
            return this == SENT || this == FAILED;
        }
    }
}
