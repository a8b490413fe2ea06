package app.users.command.store;

import app.users.command.user.BySelf;
import app.users.command.user.UserCommand.EraseByOperator;
import app.users.web.id.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Notes with each command, and so with each event that comes of it, who asked for it and in which request. An auditor finds
 * it in the event store, a subscriber in the headers of the event.
 */
public final class Origin implements MessageDispatchInterceptor<CommandMessage<?>>, CorrelationDataProvider {

    /** A user id, or {@link #SYSTEM} where nobody is signed in. */
    static final String ACTOR = "actor";

    private static final String CHANNEL = "channel";
    private static final String REQUEST = "request";
    private static final String TRACE = "trace";

    /**
     * What is told of an event, by its name in the metadata, and the extension attribute that tells it. Events of earlier
     * versions have the client's own ids there as {@code requestid} and {@code traceparent}: these are told no more.
     */
    private static final Map<String, String> TOLD =
            Map.of(ACTOR, "actor", CHANNEL, "channel", REQUEST, "requestid", TRACE, "traceparent");

    private static final Set<String> STORED = stored();

    private static final String SYSTEM = "system";

    private static Set<String> stored() {
        Set<String> names = new HashSet<>(TOLD.keySet());
        names.add(ClientIds.NAME);
        return Set.copyOf(names);
    }

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
            ClientIds.of(request).ifPresent(ids -> origin.put(ClientIds.NAME, ids));
        }
        id = id == null ? UUID.randomUUID().toString() : id;
        origin.put(REQUEST, id);
        origin.put(TRACE, trace(id));
        return origin;
    }

    /** A W3C trace context of our own. The trace has the id of the request; it is not sampled, since nothing records it. */
    private static String trace(String request) {
        long span = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return "00-%s-%016x-00".formatted(request.replace("-", ""), span);
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> command) {
        Map<String, Object> noted = new TreeMap<>(command.getMetaData());
        noted.keySet().retainAll(STORED);
        return noted;
    }

    /** What is told of an event, by the names of the extension attributes. */
    public static Map<String, Object> of(Message<?> event) {
        Map<String, Object> told = new TreeMap<>();
        TOLD.forEach((name, attribute) -> {
            Object value = event.getMetaData().get(name);
            if (value != null) {
                told.put(attribute, value);
            }
        });
        return told;
    }
}
