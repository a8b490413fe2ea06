package app.users.command.user;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    private static final CommonPasswords COMMON = new CommonPasswords(8);
    private static final List<String> OWN = List.of("user1@gmail.com", "+79967348137", "Longsurname");

    private final Claims claims = mock(Claims.class);
    private final PasswordRule rule = new PasswordRule(COMMON, claims);

    @ParameterizedTest
    @ValueSource(strings = {"password", "12345678", "Password1", "QWERTY123", "ｐａｓｓｗｏｒｄ"})
    void refusesTheMostCommonOnesInAnyCaseAndWidth(String password) {
        assertThatThrownBy(() -> rule.check(password, OWN)).hasMessage("common-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1@gmail.com", "USER1@gmail.com", "+79967348137", "longsurname"})
    void refusesWhatRepeatsOwnData(String password) {
        assertThatThrownBy(() -> rule.check(password, OWN)).hasMessage("own-data-password");
    }

    @Test
    void refusesTheEmailAndNumberTheUserAlreadyHas() {
        given(claims.has(Claims.Kind.EMAIL, "old@mail.example", 1)).willReturn(true);
        given(claims.has(Claims.Kind.NUMBER, "+79967348139", 1)).willReturn(true);

        assertThatThrownBy(() -> rule.check("Old@mail.example", OWN, 1)).hasMessage("own-data-password");
        assertThatThrownBy(() -> rule.check("+79967348139", OWN, 1)).hasMessage("own-data-password");
        assertThatCode(() -> rule.check("Old@mail.example", OWN, 2)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1user1", "user1user1Changed", "correct horse battery"})
    void takesTheContractsExamplesAndPassphrases(String password) {
        assertThatCode(() -> rule.check(password, OWN)).doesNotThrowAnyException();
    }
}
