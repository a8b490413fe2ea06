package app.users.notification;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.UserEvent.EmailConfirmationRequested;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConfirmationMailTest {

    @Test
    void greetsByNameAndShowsTheCode() {
        ConfirmationMail mail = ConfirmationMail.of(request("Ivan", "en"), "012345");
        assertThat(mail.subject()).isEqualTo("Confirm your email");
        assertThat(mail.text()).contains("Hello Ivan,").contains("012345");
        assertThat(mail.html()).contains("Hello Ivan,").contains("012345");
    }

    @Test
    void writesRussianToWhoAskedInRussian() {
        ConfirmationMail mail = ConfirmationMail.of(request("Иван", "ru"), "012345");
        assertThat(mail.text()).contains("Здравствуйте, Иван!").contains("012345");
    }

    @Test
    void escapesNamesInHtml() {
        ConfirmationMail mail = ConfirmationMail.of(request("<b>{code}</b>", "en"), "012345");
        assertThat(mail.html()).contains("&lt;b&gt;{code}&lt;/b&gt;").doesNotContain("<b>");
    }

    private static EmailConfirmationRequested request(String name, String language) {
        return new EmailConfirmationRequested(1, "r", "e@x.io", name, language, Instant.EPOCH, Instant.EPOCH);
    }
}
