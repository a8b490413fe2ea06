package app.users.events;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

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

    @Test
    void refusesAShortKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfirmationCode(new byte[16]));
    }
}
