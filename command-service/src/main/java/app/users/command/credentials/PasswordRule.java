package app.users.command.credentials;

import app.users.command.form.Form;
import app.users.command.user.Field;
import app.users.command.user.Outcome;
import app.users.command.user.OwnData;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import java.text.Normalizer;

/** Which passwords are too easy to guess, beyond their length. */
public final class PasswordRule {

    /** The code of the rule that the aggregate checks too. */
    private static final String OWN_DATA = Outcome.Rule.OWN_DATA_PASSWORD.code();

    private final CommonPasswords common = new CommonPasswords(Password.MIN);

    /** Notes the error in the form; a password that is missing or refused already is not looked at. */
    public void check(Form form, String password, OwnData own) {
        if (password.isEmpty()) {
            return;
        }
        try {
            check(new Password(password), own);
        } catch (InvalidValue e) {
            form.refuse(Field.PASSWORD.json(), e.code());
        }
    }

    /**
     * @param own what came with it; the aggregate compares it with the stored profile
     * @throws InvalidValue when it is one of the most common ones or repeats own data
     */
    public void check(Password password, OwnData own) {
        if (common.contains(
                Normalizer.normalize(password.value(), Normalizer.Form.NFKC).strip())) {
            throw new InvalidValue("common-password");
        }
        if (own.has(password)) {
            throw new InvalidValue(OWN_DATA);
        }
    }
}
