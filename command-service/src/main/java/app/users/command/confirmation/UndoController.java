package app.users.command.confirmation;

import app.users.command.aggregate.Commands;
import app.users.command.form.Form;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.problem.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code auth/email/undo/}: restores an email that was changed, by the token from the notice and without an access token. */
@RestController
@Tag(name = "Sign-in")
class UndoController {

    /** The id of the user, and 128 bits in Base64. */
    static final String TOKEN = "^[0-9]{1,18}\\.[A-Za-z0-9_-]{22}$";

    private static final Pattern PATTERN = Pattern.compile(TOKEN);

    record Restored(
            @Schema(example = "Email restored; set a new password")
            String detail) {}

    private final Commands commands;
    private final Clock clock;

    UndoController(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @Operation(
            operationId = "undoEmailChange",
            summary = "Undo a change of the email",
            description =
                    "The mail that tells a confirmed email of its change has a token. It restores that email, ends all"
                            + " sessions and removes the password, once, as long as `users.notices.undo-for` says. Ask"
                            + " for a code to set a new password.")
    @Answers("The former email is the email again, and confirmed.")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "bad-undo"})
    @Throttled(Door.PASSWORD)
    @PostMapping(path = "/users/auth/email/undo", consumes = "application/json", produces = "application/json")
    Restored undo(@RequestBody @Schema(implementation = UndoBody.class) JsonNode body) {
        Form form = Form.of(body, "token");
        String token = form.requiredText("token");
        form.check();
        if (!PATTERN.matcher(token).matches()) {
            throw badUndo();
        }
        String user = Long.toString(Long.parseLong(token.substring(0, token.indexOf('.'))));
        return switch (commands.send(new UndoEmailChange(user, token, Texts.language(), clock.instant()))) {
            case Success<Done> _ -> new Restored("Email restored; set a new password");
            case Refusal<Done> _ -> throw badUndo();
        };
    }

    private static Rejected badUndo() {
        return Rejected.of(Reason.INVALID, "bad-undo");
    }
}
