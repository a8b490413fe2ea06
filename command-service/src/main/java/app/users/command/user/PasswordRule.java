package app.users.command.user;

import app.users.command.value.Email;
import app.users.command.value.InvalidValue;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Collection;

/** Which passwords are too easy to guess, beyond their length. */
final class PasswordRule {

    private final CommonPasswords common;
    private final Claims claims;

    PasswordRule(CommonPasswords common, Claims claims) {
        this.common = common;
        this.claims = claims;
    }

    /**
     * @param ownData what was sent with it: email, number and names
     * @throws InvalidValue when it is one of the most common ones or repeats own data
     */
    void check(String password, Collection<String> ownData) {
        if (common.contains(normalised(password))) {
            throw new InvalidValue("common-password");
        }
        if (ownData.stream().anyMatch(own -> normalised(own).equalsIgnoreCase(normalised(password)))) {
            throw new InvalidValue("own-data-password");
        }
    }

    /** Also not the email or number that the user already has; names are known to the aggregate alone. */
    void check(String password, Collection<String> ownData, long user) {
        check(password, ownData);
        if (claims.has(Claims.Kind.EMAIL, Email.claimed(normalised(password)), user)
                || claims.has(Claims.Kind.NUMBER, normalised(password), user)) {
            throw new InvalidValue("own-data-password");
        }
    }

    private static String normalised(String text) {
        return Normalizer.normalize(text, Form.NFKC).strip();
    }
}
