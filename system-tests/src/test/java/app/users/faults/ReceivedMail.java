package app.users.faults;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail that arrived.
 *
 * @param event the id of the event that asked for it, which is its {@code Message-ID}
 * @param code its six digits, or nothing
 */
record ReceivedMail(String event, String to, String code) {

    private static final Pattern CODE = Pattern.compile("(?<!\\w)\\d{6}(?!\\w)");

    /** @param content as SMTP brought it */
    static ReceivedMail of(String to, String content) throws IOException {
        try {
            var message = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
            String event = message.getMessageID().replaceAll("[<>]|@.*", "");
            return new ReceivedMail(event, to, code(message.getContent()));
        } catch (MessagingException e) {
            throw new IOException("no mail: " + content, e);
        }
    }

    private static String code(Object content) throws IOException, MessagingException {
        if (content instanceof Multipart parts) {
            return code(parts.getBodyPart(0).getContent());
        }
        Matcher code = CODE.matcher(content.toString());
        return code.find() ? code.group() : "";
    }
}
