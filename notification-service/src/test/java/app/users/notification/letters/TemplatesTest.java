package app.users.notification.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.events.MailState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {

    private static final Map<String, String> VALUES = Map.of("name", "Ivan", "code", "012345", "minutes", "10");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "PASSWORD"})
    void greetsByNameAndShowsTheCode(TemplateKind kind) {
        Letter english = Templates.load(null).of(kind, "en").fill(VALUES, List.of());
        assertThat(english.subject()).isNotBlank();
        assertThat(english.text()).startsWith("Hello Ivan,").contains("code is 012345", "10 min");
        assertThat(english.html()).contains("Hello Ivan,", "012345");
        Letter russian = Templates.load(null).of(kind, "ru").fill(VALUES, List.of());
        assertThat(russian.text()).startsWith("Здравствуйте, Ivan!").contains("012345");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "PASSWORD", "NOTICE", "LOST"})
    void greetsNobodyWithoutAName(TemplateKind kind) {
        Map<String, String> values = Map.of("name", "", "code", "012345", "minutes", "10");
        Letter english = Templates.load(null).of(kind, "en").fill(values, List.of());
        assertThat(english.text()).startsWith("Hello,");
        assertThat(english.html()).contains("Hello,");
        assertThat(Templates.load(null).of(kind, "ru").fill(values, List.of()).text())
                .startsWith("Здравствуйте!");
    }

    @Test
    void showsTheTokenOfAChangeThatCanBeUndone() {
        Map<String, String> values = Map.of("name", "Ivan", "undo", "7.token");
        for (String language : List.of("en", "ru")) {
            Template template = Templates.load(null).of(TemplateKind.NOTICE, language);
            Letter letter = template.fill(values, List.of("email", "undo"));
            assertThat(letter.text()).contains("7.token");
            assertThat(letter.html()).contains("7.token");
            assertThat(template.fill(values, List.of("email")).text())
                    .doesNotContain("7.token")
                    .doesNotContain("[undo]");
        }
    }

    @Test
    void fitsATextMessageIntoOnePart() {
        assertThat(text("en")).contains("012345").hasSizeLessThan(160);
        assertThat(text("ru")).contains("012345").hasSizeLessThan(70);
        assertThat(Templates.load(null).of(TemplateKind.NUMBER, "en").html()).isNull();
    }

    private static String text(String language) {
        return Templates.load(null)
                .of(TemplateKind.NUMBER, language)
                .fill(VALUES, List.of())
                .text();
    }

    @Test
    void saysInANoticeWhatChangedAndOnlyThat() {
        Letter notice = Templates.load(null).of(TemplateKind.NOTICE, "en").fill(VALUES, List.of("email", "password"));
        assertThat(notice.text())
                .contains("- your email", "- your password")
                .doesNotContain("number")
                .doesNotContain("[");
        assertThat(notice.html())
                .contains("<li>your email</li>", "<li>your password</li>")
                .doesNotContain("number");
    }

    @Test
    void tellsWhatAnotherUserConfirmedAndOnlyThat() {
        Template template = Templates.load(null).of(TemplateKind.LOST, "en");
        assertThat(template.fill(VALUES, List.of("email")).text())
                .contains("another user has just confirmed this", "- your email")
                .doesNotContain("phone number", "[", "somebody else can sign in as you");
        assertThat(template.fill(VALUES, List.of("number")).html())
                .contains("<li>your phone number</li>")
                .doesNotContain("<li>your email</li>");
        assertThat(Templates.load(null)
                        .of(TemplateKind.LOST, "ru")
                        .fill(VALUES, List.of("number"))
                        .text())
                .contains("- телефон")
                .doesNotContain("- почта");
    }

    @ParameterizedTest
    @CsvSource({"email-lost, LOST", "number-lost, LOST", "email, NOTICE", "password, NOTICE"})
    void aLossHasALetterOfItsOwn(String changed, TemplateKind kind) {
        Mail mail = new Mail("e", 1, 2, Kind.NOTICE, "e@x.io", "N", "en", "", List.of(changed), null, Instant.EPOCH);
        assertThat(TemplateKind.of(mail)).isEqualTo(kind);
    }

    @Test
    void writesEnglishToWhoseLanguageIsMissing() {
        Templates templates = Templates.load(null);
        assertThat(templates.of(TemplateKind.EMAIL, "de")).isEqualTo(templates.of(TemplateKind.EMAIL, "en"));
        assertThat(templates.of(TemplateKind.EMAIL, "")).isEqualTo(templates.of(TemplateKind.EMAIL, "en"));
        assertThat(templates.of(TemplateKind.EMAIL, "ru-RU")).isEqualTo(templates.of(TemplateKind.EMAIL, "ru"));
    }

    @Test
    void takesANameForAName() {
        Letter letter = Templates.load(null)
                .of(TemplateKind.EMAIL, "en")
                .fill(Map.of("name", "<b>{code}</b>$1\\", "code", "012345", "minutes", "10"), List.of());
        assertThat(letter.text()).contains("Hello <b>{code}</b>$1\\,");
        assertThat(letter.html()).contains("Hello &lt;b&gt;{code}&lt;/b&gt;$1\\,");
    }

    @Test
    void letsNoValueBeginALine() throws IOException {
        write("confirm-email.en.txt", "For {name}\n\n{name} {code}");
        Letter letter = Templates.load(folder)
                .of(TemplateKind.EMAIL, "en")
                .fill(Map.of("name", "I\r\nBcc: all@x.io\u2028x", "code", "012345"), List.of());
        assertThat(letter.subject()).isEqualTo("For I  Bcc: all@x.io x");
        assertThat(letter.text().strip().lines()).hasSize(1);
    }

    @Test
    void takesTheFilesOfAFolderFirst() throws IOException {
        write("confirm-email.en.txt", "Ours\n\nOur code: {code}");
        write("notice.de.txt", "Neu\n\n{name}:\n[email] Mail\n[number] Nummer\n[password] Kennwort");
        Templates templates = Templates.load(folder);
        assertThat(templates.of(TemplateKind.EMAIL, "en")).isEqualTo(new Template("Ours", "Our code: {code}\n", null));
        assertThat(templates.of(TemplateKind.EMAIL, "ru").subject()).isEqualTo("Подтвердите почту");
        assertThat(templates
                        .of(TemplateKind.NOTICE, "de")
                        .fill(VALUES, List.of("number"))
                        .text())
                .isEqualTo("Ivan:\nNummer");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "confirm-email.en.txt, 'Subject only', has no text",
                "confirm-email.en.txt, '', has no subject",
                "confirm-email.en.txt, 'S\n\n{code} {surname}', unknown place {surname}",
                "confirm-email.en.html, '<p>{code}</p>', needs confirm-email.en.txt",
                "confirm-number.en.txt, 'no code', lacks {code}",
                "notice.en.txt, 'S\n\n[email] e\n[number] n', begins with [password]",
                "notice.en.txt, 'S\n\n[email] e\n[number] n\n[password] p\n[name] n', unknown [name]",
                "confirm-emial.en.txt, 'S\n\n{code}', is no template",
                "confirm-email.txt, 'S\n\n{code}', is no template",
            })
    void namesTheFileThatIsBroken(String file, String content, String fault) throws IOException {
        write(file, content);
        assertThatThrownBy(() -> Templates.load(folder))
                .hasMessageStartingWith("users.notification.templates ")
                .hasMessageContaining(file)
                .hasMessageContaining(fault);
    }

    @Test
    void refusesHtmlForTextMessagesAndHtmlWithoutTheCode() throws IOException {
        write("confirm-email.en.txt", "S\n\n{code}");
        write("confirm-email.en.html", "<p>hello</p>");
        assertThatThrownBy(() -> Templates.load(folder))
                .hasMessageContaining("confirm-email.en.html, which lacks {code}");
        Files.delete(folder.resolve("confirm-email.en.html"));
        write("confirm-number.en.txt", "{code}");
        write("confirm-number.en.html", "{code}");
        assertThatThrownBy(() -> Templates.load(folder)).hasMessageContaining("no HTML");
    }

    @Test
    void refusesWhatIsNotUtf8AndAFolderThatIsNotThere() throws IOException {
        Files.write(folder.resolve("confirm-email.ru.txt"), new byte[] {(byte) 0xca, (byte) 0xee, '{', '}'});
        assertThatThrownBy(() -> Templates.load(folder))
                .hasMessageContaining("confirm-email.ru.txt, which is not in UTF-8");
        assertThatThrownBy(() -> Templates.load(folder.resolve("nowhere")))
                .hasMessageContaining("users.notification.templates")
                .hasMessageContaining("nowhere");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), Objects.requireNonNullElse(content, ""));
    }
}
