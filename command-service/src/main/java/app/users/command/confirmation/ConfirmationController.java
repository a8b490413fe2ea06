package app.users.command.confirmation;

import app.users.command.aggregate.Commands;
import app.users.command.form.Form;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.throttle.Door;
import app.users.command.throttle.MessageBudget;
import app.users.command.throttle.Throttled;
import app.users.command.user.UserCommand.CodeUse;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RequestCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Texts;
import app.users.web.token.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code verify-email/}, {@code accept-email/} and the same for the number: show control of the own addresses. */
@RestController
@RequestMapping(produces = "application/json")
@Tag(name = "Confirmation")
class ConfirmationController {

    record Detail(
            @Schema(example = "Successfully confirmed") String detail) {}

    private final Commands commands;
    private final MessageBudget mails;
    private final MessageBudget textMessages;
    private final Clock clock;

    ConfirmationController(Commands commands, MessageBudget mails, MessageBudget textMessages, Clock clock) {
        this.commands = commands;
        this.mails = mails;
        this.textMessages = textMessages;
        this.clock = clock;
    }

    @Operation(
            summary = "Ask for a code by mail",
            description = "Six digits, good for 10 minutes, sent to the current email: one a minute and ten a day.")
    @Answers(value = "It is on its way, or the email is confirmed already.", headers = "Users-Version")
    @Refuses(status = 409, problems = "taken")
    @Refuses(
            status = 429,
            problems = {"too-soon", "too-many-codes"})
    @Throttled(Door.CONFIRM)
    @PostMapping("/users/verify-email")
    @Idempotent
    ResponseEntity<Detail> verifyEmail(Caller caller, @Nullable Attempt attempt, HttpServletRequest http) {
        return mails.within(
                http.getRemoteAddr(),
                sent -> request(caller, Purpose.EMAIL, attempt, "A mail with a code is on its way", sent));
    }

    @Operation(
            summary = "Confirm the email with the code",
            description = "Five wrong ones kill the code, twenty a day end the guessing for the day.")
    @Answers(value = "The email is confirmed.", headers = "Users-Version")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "wrong-code", "no-code", "expired-code", "already-confirmed"})
    @Refuses(status = 409, problems = "taken")
    @Refuses(status = 429, problems = "too-many-tries")
    @Throttled(Door.CONFIRM)
    @PostMapping(path = "/users/accept-email", consumes = "application/json")
    ResponseEntity<Detail> acceptEmail(
            Caller caller, @RequestBody @Schema(implementation = CodeBody.class) JsonNode body) {
        return confirm(caller, new ConfirmEmail(Texts.language()), code(body));
    }

    @Operation(
            summary = "Ask for a code by text message",
            description =
                    "Six digits, good for 10 minutes, sent to the current number: one a minute and ten a day. Numbers that"
                            + " cost the sender more, such as premium-rate and satellite numbers, get none.")
    @Answers(value = "It is on its way, or the number is confirmed already.", headers = "Users-Version")
    @Refuses(status = 400, problems = "no-text-messages")
    @Refuses(status = 409, problems = "taken")
    @Refuses(
            status = 429,
            problems = {"too-soon", "too-many-codes"})
    @Throttled(Door.CONFIRM)
    @PostMapping("/users/verify-number")
    @Idempotent
    ResponseEntity<Detail> verifyNumber(Caller caller, @Nullable Attempt attempt, HttpServletRequest http) {
        return textMessages.within(
                http.getRemoteAddr(),
                sent -> request(caller, Purpose.NUMBER, attempt, "A text message with a code is on its way", sent));
    }

    @Operation(
            summary = "Confirm the number with the code",
            description = "Five wrong ones kill the code, twenty a day end the guessing for the day.")
    @Answers(value = "The number is confirmed.", headers = "Users-Version")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "wrong-code", "no-code", "expired-code", "already-confirmed"})
    @Refuses(status = 409, problems = "taken")
    @Refuses(status = 429, problems = "too-many-tries")
    @Throttled(Door.CONFIRM)
    @PostMapping(path = "/users/accept-number", consumes = "application/json")
    ResponseEntity<Detail> acceptNumber(
            Caller caller, @RequestBody @Schema(implementation = CodeBody.class) JsonNode body) {
        return confirm(caller, new ConfirmNumber(Texts.language()), code(body));
    }

    private static String code(JsonNode body) {
        Form form = Form.of(body, "code");
        String code = form.code("code");
        form.check();
        return code;
    }

    /** @param sent runs in the transaction that asks for the message */
    private ResponseEntity<Detail> request(
            Caller caller, Purpose purpose, @Nullable Attempt attempt, String onItsWay, Runnable sent) {
        var command = new RequestCode(
                Long.toString(caller.user()), purpose, UUID.randomUUID().toString(), Texts.language(), clock.instant());
        return commands.send(
                command,
                attempt,
                (version, request) -> answer(
                        version,
                        switch (request) {
                            case SENT -> {
                                sent.run();
                                yield onItsWay;
                            }
                            case ALREADY_CONFIRMED -> "Already confirmed";
                        }));
    }

    private ResponseEntity<Detail> confirm(Caller caller, CodeUse use, String code) {
        return commands.send(
                new GiveCode(Long.toString(caller.user()), use, code, clock.instant()),
                null,
                (version, _) -> answer(version, "Successfully confirmed"));
    }

    private static ResponseEntity<Detail> answer(long version, String detail) {
        return ResponseEntity.ok()
                .header(UsersHeaders.VERSION, Long.toString(version))
                .body(new Detail(detail));
    }
}
