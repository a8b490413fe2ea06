package app.users.web;

import java.util.List;

/** A field that was refused and why; the text for people is the message {@code field.<code>}. */
public record FieldError(String field, String code, List<Object> args) {

    public FieldError(String field, String code, Object... args) {
        this(field, code, List.of(args));
    }

    public FieldError {
        args = List.copyOf(args);
    }
}
