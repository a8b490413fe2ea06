package app.users.notification.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** A message whose Message-ID is the event's: if it is ever sent twice, mail programs show it once. */
final class IdentifiedMessage extends MimeMessage {

    private final String event;

    IdentifiedMessage(String event) {
        super(Session.getInstance(new Properties()));
        this.event = event.replaceAll("[^A-Za-z0-9._/-]", "-");
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + event + "@users>");
    }
}
