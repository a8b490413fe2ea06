package app.users.command.store;

import app.users.command.keys.UserKeys;
import app.users.events.EventType;
import app.users.events.UserEvent;
import java.util.Base64;
import java.util.Optional;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores a {@link UserEvent} under its wire name, its personal fields as one ciphertext {@code personal} under the
 * user's key. Of an erased user they read as empty. What was stored in an old version is read as today's; the ciphertext
 * is bound to the name it was stored under. Everything else (metadata) goes to the plain serializer.
 */
@SuppressWarnings("NullAway") // Axon's interface is not annotated
final class EventSerializer implements Serializer {

    private static final String PERSONAL = "personal";

    private final Serializer plain;
    private final UserKeys keys;
    private final JsonMapper json = JsonMapper.builder().build();

    EventSerializer(Serializer plain, UserKeys keys) {
        this.plain = plain;
        this.keys = keys;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> as) {
        if (!(object instanceof UserEvent event)) {
            return plain.serialize(object, as);
        }
        EventType type = EventType.of(event);
        String stored = json.writeValueAsString(seal(type, event));
        return new SimpleSerializedObject<>(
                getConverter().convert(stored, as), as, new SimpleSerializedType(type.wireName(), null));
    }

    private ObjectNode seal(EventType type, UserEvent event) {
        ObjectNode node = json.valueToTree(event);
        ObjectNode personal = json.createObjectNode();
        for (String field : type.personalFields()) {
            JsonNode value = node.remove(field);
            if (value != null) {
                personal.set(field, value);
            }
        }
        if (!personal.isEmpty()) {
            byte[] sealed = keys.seal(event.user(), type.wireName(), json.writeValueAsBytes(personal))
                    .orElseThrow(() -> new IllegalStateException("user " + event.user() + " has no key"));
            node.put(PERSONAL, Base64.getEncoder().encodeToString(sealed));
        }
        return node;
    }

    @Override
    public <S, T> T deserialize(SerializedObject<S> stored) {
        EventType type = EventType.named(stored.getType().getName()).orElse(null);
        if (type == null) {
            return plain.deserialize(stored);
        }
        ObjectNode node = (ObjectNode) json.readTree(getConverter().convert(stored.getData(), String.class));
        JsonNode sealed = node.remove(PERSONAL);
        Optional<ObjectNode> personal = Optional.ofNullable(sealed)
                .flatMap(text -> open(type, node.get("user").asLong(), text.asString()));
        personal.ifPresent(node::setAll);
        ObjectNode current = type.upcast().apply(node);
        if (sealed != null && personal.isEmpty()) {
            blank(type, current);
        }
        @SuppressWarnings("unchecked")
        T event = (T) json.treeToValue(current, type.eventClass());
        return event;
    }

    /** Nothing when the user was erased. */
    private Optional<ObjectNode> open(EventType type, long user, String sealed) {
        return keys.open(user, type.wireName(), Base64.getDecoder().decode(sealed))
                .map(opened -> (ObjectNode) json.readTree(opened));
    }

    /** A forgotten text is empty, a forgotten change is none. */
    private static void blank(EventType type, ObjectNode node) {
        for (var component : type.eventClass().getRecordComponents()) {
            if (component.getType() == String.class && type.personalFields().contains(component.getName())) {
                node.put(component.getName(), "");
            }
        }
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> as) {
        return plain.canSerializeTo(as);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        EventType ours = EventType.named(type.getName()).orElse(null);
        return ours == null ? plain.classForType(type) : ours.eventClass();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        return EventType.all().stream()
                .filter(t -> t.eventClass() == type)
                .findFirst()
                .<SerializedType>map(t -> new SimpleSerializedType(t.wireName(), null))
                .orElseGet(() -> plain.typeForClass(type));
    }

    @Override
    public Converter getConverter() {
        return plain.getConverter();
    }
}
