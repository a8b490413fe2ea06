package app.users.command.profile;

import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.throttle.WrongPasswords;
import app.users.command.user.OwnData;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.web.token.Caller;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks and hashes a new password, outside any transaction: a hash costs more than all the rest of a change. */
final class PasswordChange {

    private final Credentials credentials;
    private final Passwords passwords;
    private final WrongPasswords wrongPasswords;
    private final PasswordRule rule;
    private final boolean requireCurrent;

    PasswordChange(
            Credentials credentials,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            PasswordRule rule,
            boolean requireCurrent) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.wrongPasswords = wrongPasswords;
        this.rule = rule;
        this.requireCurrent = requireCurrent;
    }

    /**
     * Nothing when it is today's password already.
     *
     * @param current what was sent as today's password, if anything was
     * @throws InvalidValue when the new one is too easy to guess, or today's is wrong or missing
     * @throws app.users.web.problem.Rejected after too many wrong ones
     */
    @Nullable
    NewPassword of(Caller caller, Password password, OwnData own, @Nullable JsonNode current) {
        Credential stored = credentials.find(caller.user()).orElse(null);
        if (stored == null) {
            return null;
        }
        if (current == null && requireCurrent) {
            throw new InvalidValue("current-required");
        }
        if (current != null) {
            checkCurrent(caller, current, stored);
        }
        if (passwords.matches(password.value(), stored.passwordHash())) {
            return null;
        }
        rule.check(password, own);
        return new NewPassword(stored.epoch(), password, passwords.hash(password.value()), caller.session());
    }

    /** Wrong ones are counted for the session: the holder of a stolen token can then neither guess further nor lock the owner out. */
    private void checkCurrent(Caller caller, JsonNode current, Credential stored) {
        byte[] session = caller.session().getBytes(StandardCharsets.UTF_8);
        try (WrongPasswords.Try one = wrongPasswords.begin(session, "", true)) {
            if (!current.isString() || !passwords.matches(current.asString(), stored.passwordHash())) {
                one.wrong();
                throw new InvalidValue("wrong-password");
            }
            one.right();
        }
    }
}
