package app.users.events;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.users.events.ConfirmationCode.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationCodeTest {

    private final ConfirmationCode codes = new ConfirmationCode(new byte[32]);

    @Test
    void isSixDigitsAndAlwaysTheSame() {
        String code = codes.derive(EMAIL, 1, "e@x.io", "r");
        assertThat(code).matches("[0-9]{6}").isEqualTo(codes.derive(EMAIL, 1, "e@x.io", "r"));
        assertThat(codes.matches(code, EMAIL, 1, "e@x.io", "r")).isTrue();
    }

    @Test
    void isBoundToPurposeUserAddressAndRequest() {
        String code = codes.derive(EMAIL, 1, "e@x.io", "r");
        assertThat(code)
                .isNotEqualTo(codes.derive(NUMBER, 1, "e@x.io", "r"))
                .isNotEqualTo(codes.derive(EMAIL, 2, "e@x.io", "r"))
                .isNotEqualTo(codes.derive(EMAIL, 1, "f@x.io", "r"))
                .isNotEqualTo(codes.derive(EMAIL, 1, "e@x.io", "s"));
    }

    /** Made with Python's {@code hmac}: both services derive the same code, today's and last year's version too. */
    @ParameterizedTest
    @CsvSource({
        "EMAIL, 1, e@x.io, r, 522484",
        "NUMBER, 42, +79967348137, 2f1c, 108222",
        "PASSWORD, 7, user1@gmail.com, 9, 221013",
        "EMAIL, 123456789, почта@пример.рф, x, 829311"
    })
    void isTheSameInEveryVersion(Purpose purpose, long user, String address, String request, String code) {
        byte[] key = new byte[32];
        for (byte i = 0; i < key.length; i++) {
            key[i] = i;
        }
        ConfirmationCode other = new ConfirmationCode(key);
        assertThat(other.derive(purpose, user, address, request)).isEqualTo(code);
        assertThat(other.matches(code, purpose, user, address, request)).isTrue();
        assertThat(other.matches("000000", purpose, user, address, request)).isFalse();
    }

    @Test
    void refusesAShortKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfirmationCode(new byte[16]));
    }
}
