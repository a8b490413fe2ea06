package app.users.command.aggregate;

import app.users.command.keys.UserKeys;
import app.users.command.user.UserState;
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

/**
 * Stores the state of a {@link User} encrypted under the user's key, as {@code {"user": 17, "personal": "…"}}. Everything else
 * (metadata) goes to the plain serializer.
 */
@SuppressWarnings("NullAway") // Axon's interface is not annotated
final class SnapshotSerializer implements Serializer {

    /**
     * Another one for each change of {@link UserState}, in its components or in what an event does to them: a snapshot of another
     * revision is not read, and the user is loaded from all events.
     */
    static final String REVISION = "3";

    private static final String TYPE = "User";
    private static final String PERSONAL = "personal";

    private final Serializer plain;
    private final UserKeys keys;
    private final JsonMapper json = JsonMapper.builder().build();

    SnapshotSerializer(Serializer plain, UserKeys keys) {
        this.plain = plain;
        this.keys = keys;
    }

    /** Of a user without a key, who was erased, nothing is kept; the store then takes no snapshot. */
    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> as) {
        if (!(object instanceof User user)) {
            return plain.serialize(object, as);
        }
        UserState state = user.state();
        byte[] sealed =
                keys.seal(state.id(), TYPE, json.writeValueAsBytes(state)).orElseGet(() -> new byte[0]);
        String stored = json.writeValueAsString(json.createObjectNode()
                .put("user", state.id())
                .put(PERSONAL, Base64.getEncoder().encodeToString(sealed)));
        return new SimpleSerializedObject<>(getConverter().convert(stored, as), as, typeForClass(User.class));
    }

    @Override
    public <S, T> T deserialize(SerializedObject<S> stored) {
        if (!stored.getType().getName().equals(TYPE)) {
            return plain.deserialize(stored);
        }
        JsonNode node = json.readTree(getConverter().convert(stored.getData(), String.class));
        @SuppressWarnings("unchecked")
        T user = (T) new User(state(node));
        return user;
    }

    private UserState state(JsonNode node) {
        Optional<byte[]> opened = keys.open(
                node.get("user").asLong(),
                TYPE,
                Base64.getDecoder().decode(node.get(PERSONAL).asString()));
        return json.readValue(opened.orElseThrow(() -> new IllegalStateException("erased")), UserState.class);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> as) {
        return plain.canSerializeTo(as);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return type.getName().equals(TYPE) ? User.class : plain.classForType(type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        return type == User.class ? new SimpleSerializedType(TYPE, REVISION) : plain.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return plain.getConverter();
    }
}
