package app.users.web.freshness;

import app.users.web.http.UsersHeaders;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The header {@code Users-Min-Version}: a number of digits. */
public final class MinVersion {

    private MinVersion() {}

    /**
     * @param value of the header, null if the request has none
     * @return 0 without the header
     * @throws Rejected if the value is malformed
     */
    public static long of(@Nullable String value) {
        return parse(value == null ? "0" : value)
                .orElseThrow(() -> Rejected.of(Reason.INVALID, "invalid-fields")
                        .errors(List.of(new FieldError(UsersHeaders.MIN_VERSION, "wrong-type"))));
    }

    /** A number beyond {@code long} becomes the highest version, which is never reached. */
    static OptionalLong parse(String value) {
        if (!value.matches("[0-9]+")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }
}
