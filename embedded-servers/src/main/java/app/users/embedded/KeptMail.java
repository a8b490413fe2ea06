package app.users.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Collections;

/** A mail that arrived, its receiver, and the name of its file; a text message if the receiver is a number. */
record KeptMail(String file, String to, MimeMessage message) {

    static final String SUFFIX = ".eml";

    String id() {
        return file.substring(0, file.length() - SUFFIX.length());
    }

    boolean isText() {
        return !to.contains("@");
    }

    /** Empty for a text message. */
    String from() {
        try {
            String from = message.getHeader("From", ", ");
            return from == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(from));
        } catch (MessagingException | UnsupportedEncodingException e) {
            return "(unreadable sender)";
        }
    }

    String subject() {
        if (isText()) {
            return "Text message";
        }
        try {
            String subject = message.getSubject();
            return subject == null || subject.isBlank() ? "(no subject)" : subject;
        } catch (MessagingException e) {
            return "(unreadable subject)";
        }
    }

    String date() {
        return Instant.ofEpochMilli(Long.parseLong(file.substring(0, 13))).toString();
    }

    String text() {
        return content("text/plain");
    }

    /** Empty if the mail has none. */
    String html() {
        return content("text/html");
    }

    String headers() {
        try {
            return String.join("\n", Collections.list(message.getAllHeaderLines()));
        } catch (MessagingException e) {
            return "(unreadable headers)";
        }
    }

    private String content(String type) {
        try {
            return first(message, type);
        } catch (MessagingException | IOException e) {
            return "(unreadable " + type + ")";
        }
    }

    private static String first(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = first(parts.getBodyPart(i), type);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
