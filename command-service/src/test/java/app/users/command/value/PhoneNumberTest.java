package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    private static final String NUMBER = "+79967348137";

    @ParameterizedTest
    @ValueSource(
            strings = {
                NUMBER,
                "+7 (996) 734-81-37",
                " +7\u00A0996\u00A0734\u201181\u201137 ",
                "+7.996.734.81.37",
                "tel:+7-996-734-81-37",
                "TEL: +79967348137",
                "＋７９９６７３４８１３７",
                "\u202A+79967348137\u202C",
                "\u200E+7996\u200B7348137\uFEFF",
                "+٧٩٩٦٧٣٤٨١٣٧"
            })
    void isOneNumberInEveryNotation(String value) {
        assertThat(new PhoneNumber(value).value()).isEqualTo(NUMBER);
        assertThat(PhoneNumber.claimed(value)).isEqualTo(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {NUMBER, "+79967348130", "+79161234567", "+442079460958", "+4930123456", "+80012345678"})
    void acceptsWholeInternationalNumbers(String value) {
        assertThat(new PhoneNumber(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "79967348137",
                "+7996",
                "+7996734813799999999",
                "phone",
                "phone: +79967348137",
                "+79967348137 ext. 5",
                "tel:+79967348137;ext=5",
                "+1 800 FLOWERS",
                "+999123456789",
                "tel:79967348137"
            })
    void rejectsWhatIsNoNumber(String value) {
        assertIsNoNumber(value);
    }

    /** They can be dialled in one place only. */
    @ParameterizedTest
    @ValueSource(strings = {"+4912", "+12530000", "+4911", "+18005551", "+43112"})
    void rejectsLocalNumbersWithACountryCode(String value) {
        assertIsNoNumber(value);
    }

    /** What was stored before today's rule is found as it was then. */
    @ParameterizedTest
    @CsvSource({"+4912, +4912", "+1 253 0000, +12530000"})
    void earlierNumbersAreComparedAsBefore(String typed, String stored) {
        assertThat(PhoneNumber.claimed(typed)).isEqualTo(stored);
    }

    @Test
    void whatIsNoNumberIsComparedAsItIs() {
        assertThat(PhoneNumber.claimed("no number")).isEqualTo("no number");
    }

    @ParameterizedTest
    @ValueSource(strings = {NUMBER, "79967348137", "7 (996) 734-81-37", "89967348137", "9967348137", "７９９６７３４８１３７"})
    void isRecognisedWithoutItsPlusAndInItsCountry(String text) {
        assertThat(PhoneNumber.isSame(NUMBER, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"79967348138", "my79967348137", "79967348137x", "user1user1", "", "+44 7996 734813"})
    void isNotRecognisedInOtherText(String text) {
        assertThat(PhoneNumber.isSame(NUMBER, text)).isFalse();
    }

    private static void assertIsNoNumber(String value) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new PhoneNumber(value))
                .satisfies(e -> assertThat(e.code()).isEqualTo("bad-number"));
    }
}
