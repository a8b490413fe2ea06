package app.users.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the topics (AsyncAPI 3): the frame that people wrote, with a message for each record. */
final class AsyncApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode document;

    private AsyncApi(ObjectNode document) {
        this.document = document;
    }

    static ObjectNode describe(EventSchemas schemas) throws IOException {
        try (InputStream frame = Objects.requireNonNull(AsyncApi.class.getResourceAsStream("/asyncapi-frame.yaml"))) {
            AsyncApi api = new AsyncApi((ObjectNode) new YAMLMapper().readTree(frame));
            PublishedEvents.onEvents()
                    .forEach((name, type) ->
                            api.add("events", name, schemas.of(name, type), versioned("<user id>/<version>")));
            for (String name : PublishedEvents.old()) {
                api.addOld(name);
            }
            api.add(
                    "mail",
                    PublishedEvents.MAIL_STATE,
                    schemas.of(PublishedEvents.MAIL_STATE, MailState.class),
                    versioned("<user id>/<version> of the event that asked for it"));
            PublishedEvents.onSecurity()
                    .forEach((name, type) ->
                            api.add("security", name, schemas.of(name, type), key("the value of ce_subject")));
            return api.document;
        }
    }

    /** No record says it any more: its schema is the one that was published. */
    private void addOld(String name) throws IOException {
        try (InputStream published =
                Objects.requireNonNull(AsyncApi.class.getResourceAsStream("/events/schemas/" + name + ".json"))) {
            ObjectNode schema = (ObjectNode) JSON.readTree(published);
            schema.put("deprecated", true);
            ObjectNode message = add("events", name, schema, versioned("<user id>/<version>"));
            message.put(
                    "summary",
                    "Old, from before there was a next version; sent no more. "
                            + message.get("summary").asString());
            message.putArray("tags").addObject().put("name", "deprecated");
        }
    }

    private static ObjectNode versioned(String description) {
        return key(description).put("pattern", "^[1-9][0-9]*/[1-9][0-9]*$");
    }

    private static ObjectNode key(String description) {
        return JSON.createObjectNode().put("type", "string").put("description", description);
    }

    private static String headers(String channel) {
        return switch (channel) {
            case "events" -> "eventHeaders";
            case "mail" -> "mailHeaders";
            default -> "securityHeaders";
        };
    }

    private ObjectNode add(String channel, String name, ObjectNode payload, ObjectNode key) {
        ObjectNode message = ((ObjectNode) document.at("/components/messages")).putObject(name);
        message.put("name", name);
        message.put("title", name);
        message.put("summary", payload.path("description").asString(""));
        message.put("contentType", "application/json");
        message.putObject("headers").put("$ref", "#/components/schemas/" + headers(channel));
        payload.remove("$schema");
        payload.remove("$id");
        message.set("payload", payload);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.set("key", key);
        kafka.put("bindingVersion", "0.5.0");
        ((ObjectNode) document.at("/channels/" + channel + "/messages"))
                .putObject(name)
                .put("$ref", "#/components/messages/" + name);
        return message;
    }
}
