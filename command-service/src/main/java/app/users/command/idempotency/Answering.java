package app.users.command.idempotency;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Travels beside a command: whose answer it is and how what the command returns becomes one, so that the answer is stored
 * in the transaction of the change.
 */
public record Answering(Attempt attempt, long user, Function<@Nullable Object, ResponseEntity<?>> answer) {

    /** Where it is in the command's metadata. */
    public static final String METADATA = "answering";
}
