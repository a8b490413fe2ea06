package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final String ENGLAND = "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";

    @Test
    void isAnyPrintableText() {
        assertThat(Text.required(" user1@gmail.com ", 150).value()).isEqualTo("user1@gmail.com");
        assertThat(Text.required("Иван 🙂", 6).value()).isEqualTo("Иван 🙂");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\nb",
                "a\u2028b",
                "a\u0085b",
                "a\u202Eb",
                "a\u2066b",
                "a\u200Bb",
                "a\u3164b",
                "a\u115Fb",
                "a\uFFA0b",
                "a\u034Fb",
                "a\u2062b",
                "a\uFFF9b",
                "a\uE000",
                "\uD800",
                "a \uFE0Fb",
                "a \u200Db",
                "a\uDB40\uDC67b", // a tag without its flag
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65" // a flag that does not end
            })
    void rejectsWhatCannotBeSeen(String value) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Text.required(value, 150))
                .satisfies(e -> assertThat(e.code()).isEqualTo("unprintable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0\u3000",
                "\u200D\u200C",
                "\u3164",
                "\u115F\u1160",
                "\uFFA0",
                "\u2800",
                "\u2800 \u2800",
                "\uFE0F",
                "\uDB40\uDD00", // U+E0100
                "\u180B",
                "\u034F",
                "\u200B\uFEFF",
                "\u202A\u202C",
                "\uD834\uDD59", // U+1D159
                "\uDB40\uDC67\uDB40\uDC7F"
            })
    void aNameThatCannotBeSeenIsBlank(String value) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Text.required(value, 150))
                .satisfies(e -> assertThat(e.code()).isEqualTo("blank"));
        assertThat(Text.optional(value, 150).value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0 \u3000Иван\u200D\t", "\uFEFFИван\u2800", "\u202AИван\u202C\n", "\u0085Иван\u3164"})
    void losesAtItsEndsWhatCannotBeSeen(String value) {
        assertThat(Text.required(value, 150).value()).isEqualTo("Иван");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩\u200D🚒",
                "❤\uFE0F",
                "👁\uFE0F\u200D🗨\uFE0F",
                "1\uFE0F\u20E3",
                ENGLAND,
                "a" + ENGLAND + "b",
                "नर्\u200Dक",
                "می\u200Cخواهم",
                "葛\uDB40\uDD00城",
                "葛\uDB40\uDD00",
                "ᠮᠣᠩᠭᠣᠯ\u180B",
                "⠓⠊\u2800⠓⠊"
            })
    void keepsWhatScriptsAndEmojiNeed(String value) {
        assertThat(Text.required(value, 150).value()).isEqualTo(value);
    }

    @Test
    void isOneValueInBothFormsOfUnicode() {
        assertThat(Text.required("Ame\u0301lie", 6).value()).isEqualTo("Am\u00E9lie");
        assertThat(Text.trimmed("И\u0306ван")).isEqualTo("Йван");
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(Text.required("🙂".repeat(150), 150).value()).hasSize(300);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Text.required("🙂".repeat(151), 150));
    }
}
