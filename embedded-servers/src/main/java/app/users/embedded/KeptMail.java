package app.users.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;

/** A mail that arrived, for whom, and the name of its file; a text message if it is for a number. */
record KeptMail(String file, String to, MimeMessage message) {

    boolean isText() {
        return !to.contains("@");
    }

    String subject() {
        if (isText()) {
            return "Text message";
        }
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException e) {
            return "(unreadable subject)";
        }
    }

    String date() {
        return Instant.ofEpochMilli(Long.parseLong(file.substring(0, 13))).toString();
    }

    String text() {
        try {
            return plain(message);
        } catch (MessagingException | IOException e) {
            return "(unreadable text)";
        }
    }

    private static String plain(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = plain(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
