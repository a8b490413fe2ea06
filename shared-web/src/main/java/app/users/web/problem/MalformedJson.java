package app.users.web.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/** The refusal of malformed JSON: the fault and its place, without names of Java classes. */
final class MalformedJson {

    private MalformedJson() {}

    static Refusal refusal(HttpMessageNotReadableException e) {
        if (!(e.getCause() instanceof JacksonException cause)) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "missing-body");
        }
        if (cause instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return Refusal.of(HttpStatus.BAD_REQUEST, "invalid-fields").errors(List.of(field(mismatch)));
        }
        TokenStreamLocation where = cause.getLocation();
        int line = where == null ? 1 : Math.max(1, where.getLineNr());
        int column = where == null ? 1 : Math.max(1, where.getColumnNr());
        return Refusal.malformed(line, column, what(cause));
    }

    private static Object what(JacksonException cause) {
        String words = String.valueOf(cause.getOriginalMessage());
        if (cause instanceof StreamConstraintsException) {
            return new DefaultMessageSourceResolvable("json.beyond-limits");
        }
        if (words.startsWith("Duplicate")) {
            return new DefaultMessageSourceResolvable("json.duplicate");
        }
        if (words.startsWith("Trailing token")) {
            return new DefaultMessageSourceResolvable("json.trailing");
        }
        if (cause instanceof StreamReadException) {
            // removes hints of the parser such as (enable `JsonReadFeature...` to allow)
            String plain = words.replaceAll("\\s*\\([^()]*`[^()`]*`[^()]*\\)", "");
            return plain.contains("`") ? new DefaultMessageSourceResolvable("json.syntax") : plain;
        }
        return new DefaultMessageSourceResolvable("json.shape");
    }

    private static FieldError field(MismatchedInputException mismatch) {
        String field = mismatch.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        Class<?> wanted = mismatch.getTargetType();
        if (wanted == String.class) {
            return new FieldError(field, "not-text");
        }
        return new FieldError(field, wanted == Boolean.class || wanted == boolean.class ? "not-boolean" : "wrong-type");
    }
}
