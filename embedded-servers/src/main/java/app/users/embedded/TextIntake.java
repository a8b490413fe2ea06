package app.users.embedded;

import com.sun.net.httpserver.HttpExchange;
import jakarta.mail.MessagingException;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes text messages as a gateway would: {@code POST /texts} with {@code {"number":"+...","text":"..."}}. */
final class TextIntake {

    private static final int LONGEST = 16 * 1024;

    private final KeptMails mails;
    private final JsonMapper json = JsonMapper.builder().build();

    TextIntake(KeptMails mails) {
        this.mails = mails;
    }

    /** The media type is required so that a page of another site cannot send one: its browser would have to ask first. */
    Reply receive(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return Reply.status(415);
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        return Reply.status(body.length > LONGEST ? 413 : keep(body));
    }

    private int keep(byte[] body) {
        try {
            JsonNode message = json.readTree(body);
            String number = message.path("number").asString("");
            String text = message.path("text").asString("");
            if (!number.matches("\\+[0-9]{1,15}") || text.isBlank()) {
                return 400;
            }
            mails.keepText(number, text);
            return 204;
        } catch (JacksonException e) {
            return 400;
        } catch (MessagingException e) {
            return 507;
        }
    }
}
