package app.users.command.store;

import app.users.command.keys.UserKeys;
import app.users.web.id.RequestId;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the client identified its request. A client can write a name or an address there, so it is stored with an event only
 * under the user's key, and is on no topic.
 *
 * @param requestid its {@code X-Request-Id}
 * @param traceparent its W3C trace context
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientIds(@Nullable String requestid, @Nullable String traceparent) {

    /** In the metadata of commands and events; also the purpose that it is sealed for. */
    static final String NAME = "client";

    private static final String TRACE_PARENT = "traceparent";
    private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is malformed is ignored. */
    static Optional<ClientIds> of(HttpServletRequest request) {
        String trace = request.getHeader(TRACE_PARENT);
        ClientIds ids = new ClientIds(
                RequestId.ofClient(request).orElse(null),
                trace != null && TRACE.matcher(trace).matches() ? trace : null);
        return ids.requestid == null && ids.traceparent == null ? Optional.empty() : Optional.of(ids);
    }

    /**
     * The event as it is stored: sealed under the key of the user who sent the request, who is not always the user of the event; without
     * these ids if that user has no key, as with the erasure itself.
     */
    static DomainEventMessage<?> stored(DomainEventMessage<?> event, UserKeys keys) {
        if (!(event.getMetaData().get(NAME) instanceof ClientIds ids)) {
            return event;
        }
        MetaData others = event.getMetaData().withoutKeys(Set.of(NAME));
        return event.withMetaData(keys.seal(sender(event), NAME, JSON.writeValueAsBytes(ids))
                .map(bytes -> others.and(NAME, Base64.getEncoder().encodeToString(bytes)))
                .orElse(others));
    }

    /** The user of the event if nobody was signed in. */
    private static long sender(DomainEventMessage<?> event) {
        String actor = String.valueOf(event.getMetaData().get(Origin.ACTOR));
        return Long.parseLong(actor.matches("[0-9]{1,18}") ? actor : event.getAggregateIdentifier());
    }
}
