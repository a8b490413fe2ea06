package app.users.command.form;

import app.users.command.user.Field;
import app.users.command.value.InvalidValue;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a request body, and what is wrong with them. */
public final class Form {

    private final JsonNode body;
    private final List<FieldError> errors = new ArrayList<>();

    private Form(JsonNode body) {
        this.body = body;
    }

    /** @param known every other field of the body is an error */
    public static Form of(JsonNode body, String... known) {
        if (!body.isObject()) {
            throw Rejected.of(Reason.INVALID, "not-an-object");
        }
        Form form = new Form(body);
        Set<String> names = Set.of(known);
        body.propertyNames().stream().filter(n -> !names.contains(n)).forEach(n -> form.refuse(n, "unknown"));
        return form;
    }

    public void refuse(String field, String code, Object... args) {
        errors.add(new FieldError(field, code, args));
    }

    public boolean isRefused(String field) {
        return errors.stream().anyMatch(e -> e.field().equals(field));
    }

    /** The text of the field, or null when it is absent or wrong. */
    public @Nullable String text(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            refuse(field, "not-text");
            return null;
        }
        return value.asString();
    }

    /** The text of the field; empty, with an error noted, when there is none. */
    public String requiredText(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            refuse(field, "required");
            return "";
        }
        String text = text(field);
        return text == null ? "" : text;
    }

    public @Nullable Boolean flag(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            refuse(field, "not-boolean");
            return null;
        }
        return value.asBoolean();
    }

    /** The value of the field as it is kept; empty, with an error noted, if it breaks its rule. */
    public String read(Field field) {
        return read(field, field::checked).orElse("");
    }

    /**
     * What the rule makes of the field; nothing, with an error noted, if it breaks the rule.
     *
     * @param rule throws {@link InvalidValue}
     */
    public <T> Optional<T> read(Field field, Function<String, T> rule) {
        String sent = field.isOptional() ? text(field.json()) : requiredText(field.json());
        if (sent == null || isRefused(field.json())) {
            return Optional.empty();
        }
        try {
            return Optional.of(rule.apply(sent));
        } catch (InvalidValue e) {
            refuse(field.json(), e.code(), field.limits(e.code()));
            return Optional.empty();
        }
    }

    /** Six digits, as text or as a number that may have lost its zeros; empty, with an error noted, otherwise. */
    public String code(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            refuse(field, "required");
            return "";
        }
        String digits = value.isString() || value.isIntegralNumber() ? value.asString() : "";
        if (!digits.matches(value.isString() ? "[0-9]{6}" : "[0-9]{1,6}")) {
            refuse(field, "not-a-code");
            return "";
        }
        return "0".repeat(6 - digits.length()) + digits;
    }

    /** Names every bad field at once. */
    public void check() {
        if (!errors.isEmpty()) {
            throw Rejected.of(Reason.INVALID, "invalid-fields").errors(errors);
        }
    }
}
