package app.users.command.profile;

import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.user.OwnData;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.web.token.Caller;
import org.jspecify.annotations.Nullable;

/** Checks and hashes a new password, outside any transaction: a hash costs more than all the rest of a change. */
final class PasswordChange {

    private final Credentials credentials;
    private final Passwords passwords;
    private final PasswordRule rule;

    PasswordChange(Credentials credentials, Passwords passwords, PasswordRule rule) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.rule = rule;
    }

    /**
     * Nothing when it is today's password already.
     *
     * @param requester whom the hashes are made for
     * @throws InvalidValue when the new one is too easy to guess
     */
    @Nullable
    NewPassword of(Caller caller, Requester requester, Password password, OwnData own) {
        Credential stored = credentials.find(caller.user()).orElse(null);
        if (stored == null) {
            return null;
        }
        if (passwords.matches(requester, password.value(), stored.passwordHash())) {
            return null;
        }
        rule.check(password, own);
        return new NewPassword(stored.epoch(), password, passwords.hash(requester, password.value()), caller.session());
    }
}
