package app.users.command.profile;

import app.users.command.credentials.Requester;
import app.users.command.user.Field;
import app.users.command.user.OwnData;
import app.users.command.user.Precondition;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.web.problem.FieldError;
import app.users.web.problem.Texts;
import app.users.web.token.Caller;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one PATCH asks for, field by field: each stands alone, the good ones make the command. */
final class ProfilePatch {

    private static final Set<String> READ_ONLY =
            Set.of("id", "confirmed_email", "confirmed_number", "created_at", "updated_at");
    private static final String CURRENT_PASSWORD = "current_password";

    /** What one signs in with. */
    private static final Set<Field> SIGN_IN = Set.of(Field.EMAIL, Field.NUMBER, Field.PASSWORD);

    private final Map<Field, String> texts = new EnumMap<>(Field.class);
    private final Map<Field, String> invalid = new EnumMap<>(Field.class);
    private final Map<String, FieldError> errors = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private @Nullable Boolean executor;

    ProfilePatch(JsonNode body) {
        body.properties().forEach(e -> read(e.getKey(), e.getValue()));
    }

    private void read(String name, JsonNode value) {
        Field field = Field.named(name).orElse(null);
        if (name.equals(CURRENT_PASSWORD)) {
            return;
        }
        asked.add(name);
        if (field == null) {
            refuse(name, READ_ONLY.contains(name) ? "read-only" : "unknown");
        } else if (value.isNull() && !field.isOptional()) {
            refuse(name, "null");
        } else if (field == Field.EXECUTOR) {
            readExecutor(value);
        } else if (value.isNull()) {
            texts.put(field, "");
        } else if (!value.isString()) {
            refuse(name, "not-text");
        } else {
            readText(field, value.asString());
        }
    }

    private void readExecutor(JsonNode value) {
        if (value.isBoolean()) {
            executor = value.asBoolean();
        } else {
            refuse("executor", "not-boolean");
        }
    }

    private void readText(Field field, String value) {
        try {
            texts.put(field, field.checked(value));
        } catch (InvalidValue e) {
            if (field != Field.PASSWORD) {
                invalid.put(field, value);
            }
            refuse(field.json(), e.code(), field.limits(e.code()));
        }
    }

    void refuse(String field, String code, Object... args) {
        errors.put(field, new FieldError(field, code, args));
    }

    Map<String, FieldError> errors() {
        return errors;
    }

    /** The names that were asked for, in the order they came. */
    Set<String> asked() {
        return asked;
    }

    boolean asksForAddress() {
        return texts.containsKey(Field.EMAIL) || texts.containsKey(Field.NUMBER);
    }

    /** @param requester whom hashes are made for */
    ChangeProfile command(
            Caller caller,
            Requester requester,
            JsonNode body,
            CurrentPassword current,
            PasswordChange passwords,
            Precondition precondition,
            Instant now) {
        checkCurrent(caller, requester, current, body.get(CURRENT_PASSWORD));
        NewPassword password = newPassword(caller, requester, passwords);
        Map<Field, String> profile = new EnumMap<>(texts);
        profile.remove(Field.PASSWORD);
        return new ChangeProfile(
                Long.toString(caller.user()),
                profile,
                password,
                executor,
                invalid,
                precondition,
                Texts.language(),
                UUID.randomUUID().toString(),
                now);
    }

    private void checkCurrent(Caller caller, Requester requester, CurrentPassword current, @Nullable JsonNode given) {
        Map<Field, String> guarded = new EnumMap<>(texts);
        guarded.keySet().retainAll(SIGN_IN);
        if (guarded.isEmpty()) {
            return;
        }
        try {
            current.check(caller, requester, guarded, given);
        } catch (InvalidValue e) {
            guarded.keySet().forEach(field -> {
                texts.remove(field);
                refuse(field.json(), e.code());
            });
        }
    }

    private @Nullable NewPassword newPassword(Caller caller, Requester requester, PasswordChange passwords) {
        String password = texts.get(Field.PASSWORD);
        if (password == null) {
            return null;
        }
        try {
            return passwords.of(caller, requester, new Password(password), OwnData.of(texts));
        } catch (InvalidValue e) {
            refuse("password", e.code());
            return null;
        }
    }
}
