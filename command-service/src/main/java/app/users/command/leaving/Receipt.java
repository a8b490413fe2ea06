package app.users.command.leaving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was erased when somebody left, and nothing about who it was. */
record Receipt(@Schema(example = "Erased") String detail, Instant erased_at, List<Part> parts) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Nobody can guess it: whoever knows it may read the receipt. */
    static String newId() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Where it can be read. */
    static String path(String id) {
        return "/users/erasures/" + id;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            @Schema(example = "key of all personal data") String what,
            @Schema(example = "event store") String where,

            @Schema(description = "When; absent as long as it is still to be done.") @Nullable
            Instant at) {}

    /** @param published when Kafka had the end of the user and a tombstone for each event; null before that */
    static Receipt of(Instant erased, @Nullable Instant published) {
        return new Receipt(
                "Erased",
                erased,
                List.of(
                        new Part("key of all personal data", "event store", erased),
                        new Part("email, number, password, sessions, codes", "sign-in", erased),
                        new Part("answers kept for repeated requests", "idempotency keys", erased),
                        new Part("events", "topic users.events", published)));
    }
}
