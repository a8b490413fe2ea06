package app.users.events;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of event: its stable wire name, the record that carries it and which of its fields are personal. An old version
 * has its own name and today's record.
 *
 * @param upcast makes what was written under this name what is written today; changes the object in place
 */
public record EventType(
        String wireName,
        Class<? extends UserEvent> eventClass,
        List<String> personalFields,
        UnaryOperator<ObjectNode> upcast) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<EventType> ALL =
            records(UserEvent.class).map(c -> of(c.asSubclass(UserEvent.class))).toList();

    private static final List<EventType> OLD =
            Upcasts.ALL.stream().map(EventType::old).toList();

    private static final Map<String, EventType> BY_NAME = Stream.concat(ALL.stream(), OLD.stream())
            .collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private static final Map<Class<?>, EventType> BY_CLASS =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::eventClass, Function.identity()));

    /** What is written today. */
    public static List<EventType> all() {
        return ALL;
    }

    /** What is written no more, and read for ever. */
    static List<EventType> old() {
        return OLD;
    }

    /** The type with this wire name, of today or of old, or nothing when it is not (or not yet) one of ours. */
    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    public static EventType of(UserEvent event) {
        return Objects.requireNonNull(BY_CLASS.get(event.getClass()));
    }

    /**
     * The event that was written under this name.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    public UserEvent read(byte[] value) {
        return JSON.treeToValue(upcast.apply(JSON.readValue(value, ObjectNode.class)), eventClass);
    }

    /** Also those of its families. */
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(EventType::records);
    }

    private static EventType of(Class<? extends UserEvent> eventClass) {
        List<String> personal = Arrays.stream(eventClass.getRecordComponents())
                .filter(c -> c.isAnnotationPresent(Personal.class))
                .map(RecordComponent::getName)
                .toList();
        return new EventType(
                eventClass.getAnnotation(WireName.class).value(), eventClass, personal, UnaryOperator.identity());
    }

    /** Through every version in between. */
    private static EventType old(Upcast upcast) {
        EventType next = Stream.concat(
                        ALL.stream(),
                        Upcasts.ALL.stream()
                                .filter(u -> u.from().equals(upcast.to()))
                                .map(EventType::old))
                .filter(type -> type.wireName.equals(upcast.to()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(upcast.from() + " leads nowhere"));
        return new EventType(
                upcast.from(),
                next.eventClass,
                next.personalFields,
                old -> next.upcast.apply(upcast.change().apply(old)));
    }
}
