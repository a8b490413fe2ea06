package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @Test
    void emailsAreShownAsTypedAndComparedWithoutCase() {
        assertThat(new Email(" User1@Gmail.com ").value()).isEqualTo("User1@Gmail.com");
        assertThat(new Email("User1@Gmail.com").claimed()).isEqualTo("user1@gmail.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a@b", "a b@x.io", "a@x..io", "a@-x.io", "a@x.io\r\nBcc: b@x.io", "<a@x.io>"})
    void rejectsWhatIsNoEmail(String value) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new Email(value));
    }

    @Test
    void numbersAreKeptAsE164() {
        assertThat(new PhoneNumber("+7 (996) 734-81-37").value()).isEqualTo("+79967348137");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "79967348137", "+7996", "+7996734813799999999", "phone", "+79967348137 ext. 5"})
    void rejectsWhatIsNoNumber(String value) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new PhoneNumber(value));
    }

    @Test
    void namesAreAnyPrintableText() {
        assertThat(Text.required(" user1@gmail.com ", 150).value()).isEqualTo("user1@gmail.com");
        assertThat(Text.required("Иван 🙂", 6).value()).isEqualTo("Иван 🙂");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u202Eb", "a\u2066b", "a\u200Bb", "\uFEFFa", "a\uE000", "\uD800"})
    void rejectsWhatCannotBeSeen(String value) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Text.required(value, 150));
    }

    @Test
    void blanksAndJoinersAreTrimmed() {
        assertThat(Text.required("\u00A0 \u3000Иван\u200D\t", 150).value()).isEqualTo("Иван");
        assertThat(Text.required("👩\u200D🚒", 150).value()).isEqualTo("👩\u200D🚒");
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Text.required("\u200D\u200C", 150));
    }

    @Test
    void passwordsAreLimitedInBytes() {
        String longest = "x".repeat(1000);
        assertThat(new Password(longest).value()).isEqualTo(longest);
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new Password("п".repeat(501)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("too-many-bytes"));
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(Text.required("🙂".repeat(150), 150).value()).hasSize(300);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Text.required("🙂".repeat(151), 150));
    }
}
