package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    @Test
    void isLimitedInBytes() {
        String longest = "x".repeat(1000);
        assertThat(new Password(longest).value()).isEqualTo(longest);
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new Password("п".repeat(501)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("too-many-bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0", "\u3164", "\u2800", "\t"})
    void blanksAloneAreNoPassword(String blank) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new Password(blank.repeat(8)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("blank"));
    }

    @Test
    void keepsItsBlanks() {
        assertThat(new Password("  open sesame ").value()).isEqualTo("  open sesame ");
    }

    @Test
    void isNeverPrinted() {
        assertThat(new Password("open sesame")).asString().doesNotContain("sesame");
    }

    @Test
    void isNotPrinted() {
        assertThat(new Password("correct horse")).hasToString("Password[hidden]");
    }
}
