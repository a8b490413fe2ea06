package app.users.command.credentials;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.command.user.OwnData;
import app.users.command.value.Password;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    private static final OwnData OWN =
            new OwnData(List.of("Longsurname", "user1@gmail.com", ""), "user1@gmail.com", "+79967348137");

    private final PasswordRule rule = new PasswordRule();

    @ParameterizedTest
    @ValueSource(strings = {"password", "12345678", "Password1", "QWERTY123", "ｐａｓｓｗｏｒｄ"})
    void refusesTheMostCommonOnesInAnyCaseAndWidth(String password) {
        assertThatThrownBy(() -> rule.check(new Password(password), OWN)).hasMessage("common-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1@gmail.com", "USER1@gmail.com", "+79967348137", "79967348137", "longsurname"})
    void refusesWhatRepeatsOwnData(String password) {
        assertThatThrownBy(() -> rule.check(new Password(password), OWN)).hasMessage("own-data-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1user1", "user1user1Changed", "correct horse battery"})
    void takesTheContractsExamplesAndPassphrases(String password) {
        assertThatCode(() -> rule.check(new Password(password), OWN)).doesNotThrowAnyException();
    }
}
