package app.users.events;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of event: its stable wire name, the record that carries it and which of its fields are personal.
 */
public record EventType(String wireName, Class<? extends UserEvent> eventClass, List<String> personalFields) {

    private static final List<EventType> ALL = Arrays.stream(UserEvent.class.getPermittedSubclasses())
            .map(c -> of(c.asSubclass(UserEvent.class)))
            .toList();

    private static final Map<String, EventType> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private static final Map<Class<?>, EventType> BY_CLASS =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::eventClass, Function.identity()));

    public static List<EventType> all() {
        return ALL;
    }

    /** The type with this wire name, or nothing when it is not (or not yet) one of ours. */
    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    public static EventType of(UserEvent event) {
        return Objects.requireNonNull(BY_CLASS.get(event.getClass()));
    }

    private static EventType of(Class<? extends UserEvent> eventClass) {
        List<String> personal = Arrays.stream(eventClass.getRecordComponents())
                .filter(c -> c.isAnnotationPresent(Personal.class))
                .map(RecordComponent::getName)
                .toList();
        return new EventType(eventClass.getAnnotation(WireName.class).value(), eventClass, personal);
    }
}
