package app.users.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

class TextsTest {

    private final Texts texts = new Texts();

    @AfterEach
    void forgetLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void everySentenceIsThereInBothLanguages() throws IOException {
        Properties english = load("users-messages.properties");
        Properties russian = load("users-messages_ru.properties");
        assertThat(english.keySet()).isEqualTo(russian.keySet());
        assertThat(russian)
                .allSatisfy((key, text) -> assertThat((String) text)
                        .isNotBlank()
                        .isNotEqualTo(english.get(key))
                        .doesNotContain("'"));
    }

    @Test
    void everyProblemHasTitleAndDetail() throws IOException {
        Properties english = load("users-messages.properties");
        assertThat(english.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("problem."))
                        .map(key -> key.substring(0, key.lastIndexOf('.'))))
                .allSatisfy(key -> assertThat(english).containsKeys(key + ".title", key + ".detail"));
    }

    @Test
    void aFieldErrorIsASentenceInTheCallersLanguage() {
        LocaleContextHolder.setLocale(Locale.of("ru", "RU"));
        assertThat(texts.of(new FieldError("name", "too-long", 150))).isEqualTo("не больше 150 знаков");
        LocaleContextHolder.setLocale(Locale.GERMAN);
        assertThat(texts.of(new FieldError("name", "too-long", 150))).isEqualTo("may have at most 150 characters");
    }

    @Test
    void aForgottenTextHidesNothing() {
        assertThat(texts.get("field.new-rule")).isEqualTo("field.new-rule");
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream("/" + name)), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
