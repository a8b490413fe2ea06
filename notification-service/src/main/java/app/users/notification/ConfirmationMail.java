package app.users.notification;

import app.users.events.UserEvent.EmailConfirmationRequested;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.web.util.HtmlUtils;

/** What a person reads: a greeting by name and the code, in their language. */
record ConfirmationMail(String subject, String text, String html) {

    static ConfirmationMail of(EmailConfirmationRequested event, String code) {
        boolean russian = event.language().equals("ru");
        String language = russian ? "ru" : "en";
        return new ConfirmationMail(
                russian ? "Подтвердите почту" : "Confirm your email",
                fill(template("confirm_" + language + ".txt"), event.name(), code),
                fill(template("confirm_" + language + ".html"), HtmlUtils.htmlEscape(event.name()), code));
    }

    /** The code goes in first: a name that contains a place is then just a name. */
    private static String fill(String template, String name, String code) {
        return template.replace("{code}", code).replace("{name}", name);
    }

    private static String template(String file) {
        try (InputStream in = ConfirmationMail.class.getResourceAsStream("/mails/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
