package app.users.standalone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of records say what their source says: nothing beyond the components, and all that cannot be null. */
final class RecordSchemas {

    private RecordSchemas() {}

    static void complete(ObjectNode document, ApiSource source) {
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        Map<String, JsonNode> raw = new TreeMap<>();
        source.document().at("/components/schemas").properties().forEach(e -> raw.put(e.getKey(), e.getValue()));
        raw.forEach((name, schema) -> {
            Class<?> record = source.records().get(name);
            if (record == null) {
                throw new IllegalStateException("no record is behind the schema " + name);
            }
            schemas.set(name, complete((ObjectNode) schema, record));
        });
    }

    /** Text or a number becomes a choice of two schemas: generators of clients do not know a list of types. */
    private static void splitTypes(ObjectNode property) {
        if (!property.path("type").toString().equals("[\"string\",\"integer\"]")) {
            return;
        }
        property.remove("type");
        ArrayNode choice = property.putArray("oneOf");
        ObjectNode text = choice.addObject().put("type", "string");
        ObjectNode number = choice.addObject().put("type", "integer");
        move(property, text, "pattern", "minLength", "maxLength");
        move(property, number, "minimum", "maximum");
    }

    private static void move(ObjectNode from, ObjectNode to, String... keywords) {
        for (String keyword : keywords) {
            JsonNode value = from.remove(keyword);
            if (value != null) {
                to.set(keyword, value);
            }
        }
    }

    private static ObjectNode complete(ObjectNode schema, Class<?> record) {
        ObjectNode complete = schema.objectNode();
        complete.put("type", "object");
        complete.put("additionalProperties", false);
        ArrayNode required = complete.putArray("required");
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(property == null ? component.getName() : property.value());
            }
        }
        if (required.isEmpty()) {
            complete.remove("required");
        }
        complete.set("properties", schema.get("properties"));
        complete.path("properties").forEach(property -> splitTypes((ObjectNode) property));
        if (schema.has("example")) {
            complete.set("example", schema.get("example"));
        }
        return complete;
    }
}
