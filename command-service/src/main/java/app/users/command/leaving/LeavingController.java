package app.users.command.leaving;

import app.users.command.aggregate.Commands;
import app.users.command.form.Preconditions;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.user.UserCommand.EraseUser;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.token.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code DELETE user/}: leave, and learn what was erased. */
@RestController
@Tag(name = "User")
class LeavingController {

    private final Commands commands;
    private final Receipts receipts;
    private final Clock clock;

    LeavingController(Commands commands, Receipts receipts, Clock clock) {
        this.commands = commands;
        this.receipts = receipts;
        this.clock = clock;
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
        String receipt = Receipt.newId();
        return commands.send(
                new EraseUser(
                        Long.toString(caller.user()), receipt, clock.instant(), Preconditions.of(ifMatch, ifNoneMatch)),
                attempt,
                (version, _) -> ResponseEntity.ok()
                        .location(URI.create(Receipt.path(receipt)))
                        .header(UsersHeaders.ERASED, "true")
                        .header(UsersHeaders.VERSION, Long.toString(version))
                        .build());
    }

    @GetMapping(path = "/users/erasures/{receipt}", produces = "application/json")
    @Operation(
            summary = "What was erased of a user, where and when",
            description = "Says nothing about who it was; the receipt is in `Location` of the answer to `DELETE`.")
    @Answers("The places and times.")
    @Refuses(status = 404, problems = "not-found")
    Receipt receipt(@PathVariable String receipt) {
        return receipts.find(receipt).orElseThrow(() -> Rejected.of(Reason.NOT_FOUND, "not-found"));
    }
}
