package app.users.command.user;

import app.users.command.form.Form;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.RequestEmailConfirmation;
import app.users.web.Caller;
import app.users.web.UsersHeaders;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code verify-email/} and {@code accept-email/}: show control of the own address. */
@RestController
class EmailController {

    record Detail(String detail) {}

    private final Commands commands;
    private final Clock clock;

    EmailController(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @PostMapping("/users/verify-email")
    @Idempotent
    ResponseEntity<Detail> verify(Caller caller, @Nullable Attempt attempt) {
        String language = LocaleContextHolder.getLocale()
                        .getLanguage()
                        .equals(Locale.of("ru").getLanguage())
                ? "ru"
                : "en";
        var command = new RequestEmailConfirmation(
                Long.toString(caller.user()), UUID.randomUUID().toString(), language, clock.instant());
        return commands.send(command, attempt, EmailController::requested);
    }

    private static ResponseEntity<Detail> requested(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> answer(done.version(), "A mail with a code is on its way");
            case Outcome.AlreadyConfirmed already -> answer(already.version(), "Already confirmed");
            default -> throw Outcomes.refusal(outcome);
        };
    }

    @PostMapping(path = "/users/accept-email", consumes = "application/json")
    ResponseEntity<Detail> accept(Caller caller, @RequestBody JsonNode body) {
        Form form = Form.of(body, "code");
        String code = form.code("code");
        form.check();
        Outcome outcome = commands.send(new ConfirmEmail(Long.toString(caller.user()), code, clock.instant()));
        if (!(outcome instanceof Outcome.Done done)) {
            throw Outcomes.refusal(outcome);
        }
        return answer(done.version(), "Successfully confirmed");
    }

    private static ResponseEntity<Detail> answer(long version, String detail) {
        return ResponseEntity.ok()
                .header(UsersHeaders.VERSION, Long.toString(version))
                .body(new Detail(detail));
    }
}
