package app.users.command.user;

import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Which passwords are too easy to guess, beyond their length. */
final class PasswordRule {

    private final CommonPasswords common;

    PasswordRule(CommonPasswords common) {
        this.common = common;
    }

    /**
     * @param own what came with it; the aggregate compares it with the stored profile
     * @throws InvalidValue when it is one of the most common ones or repeats own data
     */
    void check(Password password, OwnData own) {
        if (common.contains(Normalizer.normalize(password.value(), Form.NFKC).strip())) {
            throw new InvalidValue("common-password");
        }
        if (own.has(password)) {
            throw new InvalidValue(User.OWN_DATA_PASSWORD);
        }
    }
}
