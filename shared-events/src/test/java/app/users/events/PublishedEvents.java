package app.users.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything that is told on a topic, by its name. */
final class PublishedEvents {

    static final String MAIL_STATE = MailState.WIRE_NAME;

    private PublishedEvents() {}

    static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new TreeMap<>(onEvents());
        all.putAll(onSecurity());
        all.put(MAIL_STATE, MailState.class);
        return all;
    }

    static Map<String, Class<?>> onEvents() {
        return EventType.all().stream()
                .collect(Collectors.toMap(EventType::wireName, EventType::eventClass, (a, b) -> a, TreeMap::new));
    }

    /** What is told no more under these names, and is still on the topic. */
    static Set<String> old() {
        return EventType.old().stream().map(EventType::wireName).collect(Collectors.toCollection(TreeSet::new));
    }

    static Map<String, Class<?>> onSecurity() {
        return Arrays.stream(SecurityEvent.class.getPermittedSubclasses())
                .collect(Collectors.toMap(
                        c -> c.getAnnotation(WireName.class).value(), c -> c, (a, b) -> a, TreeMap::new));
    }
}
