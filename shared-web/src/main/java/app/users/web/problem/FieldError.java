package app.users.web.problem;

import java.util.List;

/** A refused field and the reason; the message {@code field.<code>} is the text for people. */
public record FieldError(String field, String code, List<Object> args) {

    public FieldError(String field, String code, Object... args) {
        this(field, code, List.of(args));
    }

    public FieldError {
        args = List.copyOf(args);
    }
}
