package app.users.command.store;

import app.users.command.user.BySelf;
import app.users.command.user.UserCommand.EraseByOperator;
import app.users.web.id.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Notes with each command, and so with each event that comes of it, who asked for it and in which request. An auditor finds
 * it in the event store, a subscriber in the headers of the event.
 */
public final class Origin implements MessageDispatchInterceptor<CommandMessage<?>>, CorrelationDataProvider {

    /** A user id, or {@link #SYSTEM} where nobody is signed in. */
    private static final String ACTOR = "actor";

    private static final String CHANNEL = "channel";
    private static final String REQUEST_ID = "requestid";
    private static final String TRACE_PARENT = "traceparent";
    private static final List<String> NAMES = List.of(ACTOR, CHANNEL, REQUEST_ID, TRACE_PARENT);

    private static final String SYSTEM = "system";
    private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        Map<String, Object> origin = now();
        return (index, command) -> {
            Map<String, Object> noted = new HashMap<>(origin);
            if (command.getPayload() instanceof BySelf self) {
                noted.put(ACTOR, self.id());
            }
            if (command.getPayload() instanceof EraseByOperator) {
                // it comes over HTTP too, but not by the API
                noted.put(CHANNEL, SYSTEM);
            }
            return command.andMetaData(noted);
        };
    }

    private static Map<String, Object> now() {
        Map<String, Object> origin = new HashMap<>();
        origin.put(ACTOR, SYSTEM);
        origin.put(CHANNEL, SYSTEM);
        String id = null;
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            origin.put(CHANNEL, "rest");
            if (request.getUserPrincipal() != null) {
                origin.put(ACTOR, request.getUserPrincipal().getName());
            }
            id = RequestId.of(request);
            String trace = wellFormed(TRACE, request.getHeader(TRACE_PARENT));
            if (trace != null) {
                origin.put(TRACE_PARENT, trace);
            }
        }
        origin.put(REQUEST_ID, id == null ? UUID.randomUUID().toString() : id);
        return origin;
    }

    /** What is malformed was never sent: nobody can make an event carry what they like. */
    private static @Nullable String wellFormed(Pattern pattern, @Nullable String value) {
        return value != null && pattern.matcher(value).matches() ? value : null;
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> command) {
        return of(command);
    }

    /** What was noted, by the names of the extension attributes of the event. */
    public static Map<String, Object> of(Message<?> message) {
        Map<String, Object> noted = new TreeMap<>(message.getMetaData());
        noted.keySet().retainAll(NAMES);
        return noted;
    }
}
