package app.users.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the topics (AsyncAPI 3): the frame that people wrote, with a message for each record. */
final class AsyncApi {

    private final ObjectNode document;
    private final EventSchemas schemas;

    private AsyncApi(ObjectNode document, EventSchemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    static ObjectNode describe(EventSchemas schemas) throws IOException {
        try (InputStream frame = Objects.requireNonNull(AsyncApi.class.getResourceAsStream("/asyncapi-frame.yaml"))) {
            AsyncApi api = new AsyncApi((ObjectNode) new YAMLMapper().readTree(frame), schemas);
            PublishedEvents.onEvents().forEach((name, type) -> api.add("events", name, type, "<user id>/<version>"));
            api.add(
                    "mail",
                    PublishedEvents.MAIL_STATE,
                    MailState.class,
                    "<user id>/<version> of the event that asked for it");
            PublishedEvents.onSecurity()
                    .forEach((name, type) -> api.add("security", name, type, "the value of ce_subject"));
            return api.document;
        }
    }

    private void add(String channel, String name, Class<?> type, String key) {
        ObjectNode payload = schemas.of(name, type);
        ObjectNode message = ((ObjectNode) document.at("/components/messages")).putObject(name);
        message.put("name", name);
        message.put("title", name);
        message.put("summary", payload.path("description").asString(""));
        message.put("contentType", "application/json");
        if (!channel.equals("mail")) {
            message.putObject("headers").put("$ref", "#/components/schemas/headers");
        }
        payload.remove("$schema");
        payload.remove("$id");
        message.set("payload", payload);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", key);
        kafka.put("bindingVersion", "0.5.0");
        ((ObjectNode) document.at("/channels/" + channel + "/messages"))
                .putObject(name)
                .put("$ref", "#/components/messages/" + name);
    }
}
