package app.users.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (2020-12) of the records. A consumer must not mind fields that it does not know: more may come. */
final class EventSchemas {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventComments comments;

    EventSchemas(EventComments comments) {
        this.comments = comments;
    }

    /** @param name the wire name */
    ObjectNode of(String name, Class<?> type) {
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:users:event:" + name)
                .put("title", name);
        schema.setAll(record(type));
        return schema;
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode schema = JSON.createObjectNode();
        if (!comments.of(type).isEmpty()) {
            schema.put("description", comments.of(type));
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = property(component.getGenericType());
            String said = comments.of(type, component.getName());
            if (!said.isEmpty()) {
                property.put("description", said);
            }
            if (component.isAnnotationPresent(Personal.class)) {
                property.put("x-personal", true);
            }
            properties.set(component.getName(), property);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        return schema;
    }

    private ObjectNode property(Type type) {
        ObjectNode schema = JSON.createObjectNode();
        if (type == long.class || type == Long.class) {
            return schema.put("type", "integer").put("format", "int64");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            schema.put("type", "array");
            schema.set("items", property(list.getActualTypeArguments()[0]));
            return schema;
        }
        Class<?> other = (Class<?>) type;
        if (other.isEnum()) {
            return enumeration(schema, other);
        }
        if (other.isRecord()) {
            return record(other);
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private static ObjectNode enumeration(ObjectNode schema, Class<?> type) {
        ArrayNode values = schema.put("type", "string").putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(wireName(type, ((Enum<?>) constant).name()));
        }
        return schema;
    }

    private static String wireName(Class<?> type, String constant) {
        try {
            return type.getField(constant).getAnnotation(JsonProperty.class).value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
