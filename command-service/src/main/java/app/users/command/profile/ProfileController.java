package app.users.command.profile;

import app.users.command.aggregate.Commands;
import app.users.command.credentials.Requester;
import app.users.command.form.Preconditions;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.throttle.Budget;
import app.users.command.throttle.Door;
import app.users.command.throttle.Network;
import app.users.command.throttle.Throttled;
import app.users.command.user.FieldResults;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.problem.Texts;
import app.users.web.token.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code PATCH user/}: change the own profile. */
@RestController
@Tag(name = "User")
class ProfileController {

    @Schema(name = "Changed")
    record Answer(
            @Schema(
                    description = "A sentence by field, always in English.",
                    example = "{\"Surname\":\"Surname successfully changed\"}")
            Map<String, String> success,

            @Schema(description = "Why not, by field.", example = "{}")
            Map<String, String> error) {}

    private final Commands commands;
    private final CurrentPassword current;
    private final PasswordChange passwords;
    private final Budget taken;
    private final Texts texts;
    private final Clock clock;

    ProfileController(
            Commands commands,
            CurrentPassword current,
            PasswordChange passwords,
            Budget taken,
            Texts texts,
            Clock clock) {
        this.commands = commands;
        this.current = current;
        this.passwords = passwords;
        this.taken = taken;
        this.texts = texts;
        this.clock = clock;
    }

    @PatchMapping(path = "/users/user", consumes = "application/json", produces = "application/json")
    @Operation(
            operationId = "change",
            summary = "Change the own profile",
            description =
                    "Each field stands alone: what is valid changes, the rest is explained. 400 only when every field"
                            + " failed.")
    @Answers(value = "What changed and what did not.", headers = "Users-Version")
    @Refuses(status = 400, problems = "nothing-changed")
    @Refuses(status = 412, problems = "precondition-failed")
    @Throttled(Door.CHANGE)
    @Idempotent
    ResponseEntity<Answer> change(
            Caller caller,
            @RequestBody @Schema(implementation = ChangeBody.class) JsonNode body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Nullable Attempt attempt,
            HttpServletRequest request) {
        if (!body.isObject()) {
            throw Rejected.of(Reason.INVALID, "not-an-object");
        }
        ProfilePatch patch = new ProfilePatch(body);
        // only such changes tell whether somebody has an address
        try (Budget.Reservation probe =
                patch.asksForAddress() ? taken.reserve(Network.of(request.getRemoteAddr())) : null) {
            return commands.send(
                    patch.command(
                            caller,
                            Requester.signedIn(caller.user(), request.getRemoteAddr()),
                            body,
                            current,
                            passwords,
                            Preconditions.of(ifMatch, ifNoneMatch),
                            clock.instant()),
                    attempt,
                    (version, results) -> {
                        if (probe != null && results.refused().containsValue("taken")) {
                            probe.spend();
                        }
                        return answer(patch, version, results);
                    });
        }
    }

    private ResponseEntity<Answer> answer(ProfilePatch patch, long version, FieldResults results) {
        Map<String, FieldError> errors = new LinkedHashMap<>(patch.errors());
        results.unchanged().forEach(field -> errors.remove(field.json()));
        results.refused().forEach((field, code) -> errors.put(field.json(), new FieldError(field.json(), code)));
        Answer answer = answer(patch.asked(), errors);
        if (answer.success().isEmpty() && !patch.asked().isEmpty()) {
            throw Rejected.of(Reason.INVALID, "nothing-changed")
                    .errors(errors.values().stream().toList())
                    .member("success", answer.success())
                    .member("error", answer.error());
        }
        return ResponseEntity.ok()
                .header(UsersHeaders.VERSION, Long.toString(version))
                .body(answer);
    }

    private Answer answer(Set<String> asked, Map<String, FieldError> errors) {
        Map<String, String> success = new LinkedHashMap<>();
        asked.stream()
                .filter(f -> !errors.containsKey(f))
                .forEach(f -> success.put(title(f), title(f) + " successfully changed"));
        Map<String, String> error = new LinkedHashMap<>();
        errors.forEach((f, e) -> error.put(title(f), texts.of(e)));
        return new Answer(success, error);
    }

    /** The field's name as keys of the answer have it. */
    private static String title(String json) {
        return json.isEmpty() ? json : json.substring(0, 1).toUpperCase(Locale.ROOT) + json.substring(1);
    }
}
