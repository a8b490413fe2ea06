package app.users.command.profile;

import app.users.command.aggregate.Claims;
import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.throttle.WrongPasswords;
import app.users.command.user.Field;
import app.users.command.value.Identifier;
import app.users.command.value.InvalidValue;
import app.users.web.token.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks today's password, outside any transaction, before a change of what one signs in with: whoever has only an access token
 * must not be able to take the account.
 */
final class CurrentPassword {

    private final Credentials credentials;
    private final Passwords passwords;
    private final WrongPasswords wrongPasswords;
    private final Claims claims;
    private final boolean required;

    CurrentPassword(
            Credentials credentials,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            Claims claims,
            boolean required) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.wrongPasswords = wrongPasswords;
        this.claims = claims;
        this.required = required;
    }

    /**
     * @param requester whom the hash is made for
     * @param asked the new email, number and password, those that were sent
     * @param current what was sent as today's password, if anything was
     * @throws InvalidValue when it is wrong, or missing where it is required
     * @throws app.users.web.problem.Rejected after too many wrong ones
     */
    void check(Caller caller, Requester requester, Map<Field, String> asked, @Nullable JsonNode current) {
        if (current != null) {
            credentials.find(caller.user()).ifPresent(stored -> compare(caller, requester, current, stored));
        } else if (required && asked.entrySet().stream().anyMatch(e -> changes(caller, e.getKey(), e.getValue()))) {
            throw new InvalidValue("current-required");
        }
    }

    /** An email or number that the caller has already changes nothing, as when a client sends the whole profile. */
    private boolean changes(Caller caller, Field field, String value) {
        Identifier identifier = switch (field) {
            case EMAIL -> Identifier.ofEmail(value);
            case NUMBER -> Identifier.ofNumber(value);
            default -> null;
        };
        return identifier == null || !claims.isOf(identifier, caller.user());
    }

    /** Wrong ones are counted for the session: the holder of a stolen token can then neither guess further nor lock the owner out. */
    private void compare(Caller caller, Requester requester, JsonNode current, Credential stored) {
        byte[] session = caller.session().getBytes(StandardCharsets.UTF_8);
        try (WrongPasswords.Try one = wrongPasswords.begin(session, "", true)) {
            if (!current.isString() || !passwords.matches(requester, current.asString(), stored.passwordHash())) {
                one.wrong();
                throw new InvalidValue("wrong-password");
            }
            one.right();
        }
    }
}
