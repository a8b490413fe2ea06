package app.users.query.read;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.query.read.FreshViews.Fresh;
import app.users.query.view.LastRequest;
import app.users.query.view.Views;
import app.users.web.freshness.MinVersion;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.token.Caller;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET verify-email/} and {@code GET verify-number/}: what became of the last code that was asked for. */
@RestController
@RequestMapping(produces = "application/json")
@Tag(name = "Confirmation")
class MailController {

    /**
     * The last mail or text message with a code for the caller's address of today.
     *
     * @param state none, queued, deferred, sent or failed
     * @param at when it came into this state
     * @param nextAt when the next may be asked for; absent when none was asked for yet, and when confirmed
     * @param expiresAt when its code is no longer taken; absent when there is none to give
     * @param reason why it is deferred or has failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LastMail(
            @Schema(allowableValues = {"none", "queued", "deferred", "sent", "failed"})
            String state,

            @Schema(description = "When it came into this state.") @Nullable
            Instant at,

            @Schema(description = "When the next may be asked for.") @JsonProperty("next_at") @Nullable
            Instant nextAt,

            @Schema(description = "When its code is no longer taken.") @JsonProperty("expires_at") @Nullable
            Instant expiresAt,

            boolean confirmed,

            @Schema(description = "Why it is deferred or has failed.") @Nullable
            String reason) {

        private static final String NONE = "none";
        private static final String QUEUED = "queued";

        static LastMail of(@Nullable LastRequest request, Optional<MailState> state, boolean confirmed) {
            if (request == null) {
                return new LastMail(NONE, null, null, null, confirmed, null);
            }
            Instant next = confirmed ? null : request.next();
            if (!request.isForTodaysAddress()) {
                return new LastMail(NONE, null, next, null, confirmed, null);
            }
            Instant expires = confirmed ? null : request.expires();
            return state.filter(s -> s.version() == request.version())
                    .map(s -> new LastMail(
                            s.state().name().toLowerCase(Locale.ROOT), s.at(), next, expires, confirmed, s.reason()))
                    .orElseGet(() -> new LastMail(QUEUED, request.at(), next, expires, confirmed, null));
        }
    }

    private final FreshViews fresh;
    private final Supplier<Views> views;

    MailController(FreshViews fresh, Supplier<Views> views) {
        this.fresh = fresh;
        this.views = views;
    }

    @Operation(operationId = "lastMail", summary = "What became of the last code by mail")
    @Answers(
            value = "Its state.",
            headers = {"Users-Version", "Warning"})
    @GetMapping("/users/verify-email")
    @Refuses(status = 400, problems = "invalid-fields")
    ResponseEntity<LastMail> email(
            Caller caller,
            @RequestHeader(name = UsersHeaders.MIN_VERSION, required = false)
                    @Schema(implementation = Long.class, minimum = "0", defaultValue = "0")
                    @Nullable
                    String minVersion) {
        Fresh found = fresh.of(caller, MinVersion.of(minVersion));
        return answer(
                found, Kind.EMAIL, found.view().emailRequest(), found.view().confirmedEmail());
    }

    @Operation(operationId = "lastText", summary = "What became of the last code by text message")
    @Answers(
            value = "Its state.",
            headers = {"Users-Version", "Warning"})
    @GetMapping("/users/verify-number")
    @Refuses(status = 400, problems = "invalid-fields")
    ResponseEntity<LastMail> number(
            Caller caller,
            @RequestHeader(name = UsersHeaders.MIN_VERSION, required = false)
                    @Schema(implementation = Long.class, minimum = "0", defaultValue = "0")
                    @Nullable
                    String minVersion) {
        Fresh found = fresh.of(caller, MinVersion.of(minVersion));
        return answer(
                found, Kind.NUMBER, found.view().numberRequest(), found.view().confirmedNumber());
    }

    private ResponseEntity<LastMail> answer(Fresh found, Kind kind, @Nullable LastRequest request, boolean confirmed) {
        return found.answer()
                .body(LastMail.of(request, views.get().mails().find(found.view().id(), kind), confirmed));
    }
}
