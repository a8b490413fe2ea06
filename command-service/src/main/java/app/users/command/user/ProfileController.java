package app.users.command.user;

import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.user.UserCommand.EraseUser;
import app.users.web.Answers;
import app.users.web.Caller;
import app.users.web.FieldError;
import app.users.web.Reason;
import app.users.web.Refuses;
import app.users.web.Rejected;
import app.users.web.Texts;
import app.users.web.UsersHeaders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code PATCH} and {@code DELETE user/}: change the own profile, or leave. */
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

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Commands commands;
    private final PasswordChange passwords;
    private final Erasure erasure;
    private final Texts texts;
    private final Clock clock;

    ProfileController(Commands commands, PasswordChange passwords, Erasure erasure, Texts texts, Clock clock) {
        this.commands = commands;
        this.passwords = passwords;
        this.erasure = erasure;
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
    @Idempotent
    ResponseEntity<Answer> change(
            Caller caller,
            @RequestBody @Schema(implementation = ChangeBody.class) JsonNode body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Nullable Attempt attempt) {
        if (!body.isObject()) {
            throw Rejected.of(Reason.INVALID, "not-an-object");
        }
        ProfileChange change = new ProfileChange(body);
        return commands.send(
                change.command(caller, body, passwords, Precondition.of(ifMatch, ifNoneMatch), clock.instant()),
                attempt,
                outcome -> answer(change, outcome));
    }

    private ResponseEntity<Answer> answer(ProfileChange change, Outcome outcome) {
        if (!(outcome instanceof Outcome.Changed changed)) {
            throw Outcomes.refusal(outcome);
        }
        Map<String, FieldError> errors = new LinkedHashMap<>(change.errors());
        errors.keySet().removeAll(changed.unchanged());
        changed.rejected().forEach((field, code) -> errors.put(field, new FieldError(field, code)));
        Answer answer = answer(change.asked(), errors);
        if (answer.success().isEmpty() && !change.asked().isEmpty()) {
            throw Rejected.of(Reason.INVALID, "nothing-changed")
                    .errors(errors.values().stream().toList())
                    .member("success", answer.success())
                    .member("error", answer.error());
        }
        return ResponseEntity.ok()
                .header(UsersHeaders.VERSION, Long.toString(changed.version()))
                .body(answer);
    }

    private Answer answer(Set<String> asked, Map<String, FieldError> errors) {
        Map<String, String> success = new LinkedHashMap<>();
        asked.stream()
                .filter(f -> !errors.containsKey(f))
                .forEach(f -> success.put(Field.title(f), Field.title(f) + " successfully changed"));
        Map<String, String> error = new LinkedHashMap<>();
        errors.forEach((f, e) -> error.put(Field.title(f), texts.of(e)));
        return new Answer(success, error);
    }

    @DeleteMapping("/users/user")
    @Operation(
            operationId = "erase",
            summary = "Leave",
            description = "Sign-in, tokens, profile and list entry are gone at once, email and number are free again.")
    @Answers(
            value = "Erased.",
            headers = {"Location", "Users-Erased", "Users-Version"})
    @Refuses(status = 412, problems = "precondition-failed")
    @Idempotent
    ResponseEntity<Void> erase(
            Caller caller,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Nullable Attempt attempt) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String receipt = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return commands.send(
                new EraseUser(
                        Long.toString(caller.user()), receipt, clock.instant(), Precondition.of(ifMatch, ifNoneMatch)),
                attempt,
                outcome -> erased(receipt, outcome));
    }

    private static ResponseEntity<Void> erased(String receipt, Outcome outcome) {
        if (!(outcome instanceof Outcome.Done done)) {
            throw Outcomes.refusal(outcome);
        }
        return ResponseEntity.ok()
                .location(URI.create("/users/erasures/" + receipt))
                .header(UsersHeaders.ERASED, "true")
                .header(UsersHeaders.VERSION, Long.toString(done.version()))
                .build();
    }

    @GetMapping(path = "/users/erasures/{receipt}", produces = "application/json")
    @Operation(
            summary = "What was erased of a user, where and when",
            description = "Says nothing about who it was; the receipt is in `Location` of the answer to `DELETE`.")
    @Answers("The places and times.")
    @Refuses(status = 404, problems = "not-found")
    Receipt receipt(@PathVariable String receipt) {
        return erasure.receipt(receipt).orElseThrow(() -> Rejected.of(Reason.NOT_FOUND, "not-found"));
    }
}
