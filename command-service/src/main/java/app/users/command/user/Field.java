package app.users.command.user;

import app.users.command.form.Form;
import app.users.command.value.Email;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import app.users.command.value.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A field of the profile: how it is named, and the rule that turns what was sent into what is kept. */
enum Field {
    SURNAME,
    NAME,
    PATRONYMIC,
    ADDRESS,
    EMAIL,
    NUMBER,
    PASSWORD,
    EXECUTOR;

    static final int MAX_NAME = 150;
    static final int MAX_ADDRESS = 500;

    static @Nullable Field named(String json) {
        for (Field field : values()) {
            if (field.json().equals(json)) {
                return field;
            }
        }
        return null;
    }

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field's name as keys of a PATCH answer have it. */
    static String title(String json) {
        return json.isEmpty() ? json : json.substring(0, 1).toUpperCase(Locale.ROOT) + json.substring(1);
    }

    /** Whether null, or nothing, empties it. */
    boolean isOptional() {
        return this == PATRONYMIC || this == ADDRESS;
    }

    Object[] limits(String code) {
        return switch (code) {
            case "too-long" -> new Object[] {this == ADDRESS ? MAX_ADDRESS : MAX_NAME};
            case "too-many-bytes" -> new Object[] {Password.MAX_BYTES};
            case "too-short" -> new Object[] {Password.MIN};
            default -> new Object[0];
        };
    }

    /** The value of this field in the form as it is kept; empty, with an error noted, when it breaks its rule. */
    String read(Form form) {
        String sent = isOptional() ? form.text(json()) : form.requiredText(json());
        if (sent == null || form.isRejected(json())) {
            return "";
        }
        try {
            return checked(sent);
        } catch (InvalidValue e) {
            form.reject(json(), e.code(), limits(e.code()));
            return "";
        }
    }

    /** @throws InvalidValue with the code of the rule that it breaks */
    String checked(String value) {
        return switch (this) {
            case SURNAME, NAME -> Text.required(value, MAX_NAME).value();
            case PATRONYMIC -> Text.optional(value, MAX_NAME).value();
            case ADDRESS -> Text.optional(value, MAX_ADDRESS).value();
            case EMAIL -> new Email(value).value();
            case NUMBER -> new PhoneNumber(value).value();
            case PASSWORD -> new Password(value).value();
            case EXECUTOR -> throw new InvalidValue("not-boolean");
        };
    }
}
