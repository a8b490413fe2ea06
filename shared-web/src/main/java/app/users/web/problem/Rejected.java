package app.users.web.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exception that controllers and domain code throw to refuse a request. An advice turns it into a {@link Refusal}, the
 * content of the answer. It has no stack trace, because a refusal is no defect.
 */
public final class Rejected extends RuntimeException {

    private final transient Reason reason;
    private final String code;
    private final transient List<Object> args;
    private transient List<FieldError> errors = List.of();
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private transient @Nullable Duration retryAfter;

    private Rejected(Reason reason, String code, List<Object> args) {
        super(code, null, false, false);
        this.reason = reason;
        this.code = code;
        this.args = args;
    }

    /**
     * A rejection with the texts {@code problem.<code>.title} and {@code problem.<code>.detail}.
     *
     * @param code the key of the texts in the bundle {@code users-messages}; {@code args} fill their places
     */
    public static Rejected of(Reason reason, String code, Object... args) {
        return new Rejected(reason, code, List.of(args));
    }

    public Rejected errors(List<FieldError> errors) {
        this.errors = List.copyOf(errors);
        return this;
    }

    public Rejected member(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Rounded up to whole seconds in the answer. */
    public Rejected retryAfter(Duration retryAfter) {
        this.retryAfter = retryAfter;
        return this;
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return code;
    }

    List<Object> args() {
        return args;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
