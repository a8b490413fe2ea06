package app.users.command.user;

import app.users.command.form.Form;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.token.Passwords;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Email;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.web.Answers;
import app.users.web.Reason;
import app.users.web.Refuses;
import app.users.web.Rejected;
import app.users.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code auth/password/forgot/} and {@code auth/password/reset/}; neither tells who exists. */
@RestController
@RequestMapping(produces = "application/json")
@Tag(name = "Sign-in")
class ForgottenPasswordController {

    record Detail(
            @Schema(example = "If there is such a user, a mail with a code is on its way")
            String detail) {}

    private final ForgottenPasswords forgotten;
    private final Commands commands;
    private final Passwords passwords;
    private final PasswordRule rule;
    private final Clock clock;

    ForgottenPasswordController(
            ForgottenPasswords forgotten, Commands commands, Passwords passwords, PasswordRule rule, Clock clock) {
        this.forgotten = forgotten;
        this.commands = commands;
        this.passwords = passwords;
        this.rule = rule;
        this.clock = clock;
    }

    @Operation(
            operationId = "forgotPassword",
            summary = "Ask for a code that resets the password",
            description = "Sent to the email, if somebody has it: one a minute and ten a day.")
    @Answers("The answer is the same whether somebody has this email or not.")
    @Refuses(status = 400, problems = "invalid-fields")
    @Throttled(Door.PASSWORD)
    @PostMapping(path = "/users/auth/password/forgot", consumes = "application/json")
    Detail forgot(@RequestBody @Schema(implementation = ForgotBody.class) JsonNode body) {
        Form form = Form.of(body, "email");
        String email = sought(form);
        form.check();
        forgotten.wish(email, Texts.language());
        return new Detail("If there is such a user, a mail with a code is on its way");
    }

    @Operation(
            operationId = "resetPassword",
            summary = "Set a new password with the code",
            description =
                    "Ends all sessions. Five wrong codes kill the code, twenty a day end the guessing for the day.")
    @Answers("The password is another one now.")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "bad-reset"})
    @Throttled(Door.PASSWORD)
    @PostMapping(path = "/users/auth/password/reset", consumes = "application/json")
    Detail reset(@RequestBody @Schema(implementation = ResetBody.class) JsonNode body) {
        Form form = Form.of(body, "email", "code", "password");
        String email = sought(form);
        String code = form.code("code");
        String password = Field.PASSWORD.read(form);
        checkPassword(form, password, email);
        form.check();
        // for everybody, so that it takes as long for whom nobody knows
        String hash = passwords.hash(password);
        OptionalLong user = forgotten.find(email);
        if (user.isEmpty()) {
            throw Rejected.of(Reason.INVALID, "bad-reset");
        }
        Outcome outcome = commands.send(new ResetPassword(
                Long.toString(user.getAsLong()),
                code,
                new Password(password),
                hash,
                Texts.language(),
                clock.instant()));
        if (outcome instanceof Outcome.Refused refused && refused.code().equals(User.OWN_DATA_PASSWORD)) {
            form.reject(Field.PASSWORD.json(), User.OWN_DATA_PASSWORD);
            form.check();
        }
        if (!(outcome instanceof Outcome.Done)) {
            // the same answer as for an unknown email: another one would tell who exists
            throw Rejected.of(Reason.INVALID, "bad-reset");
        }
        return new Detail("Password successfully changed");
    }

    private static String sought(Form form) {
        String sent = form.requiredText(Field.EMAIL.json());
        if (form.isRejected(Field.EMAIL.json())) {
            return "";
        }
        try {
            return Email.sought(sent);
        } catch (InvalidValue e) {
            form.reject(Field.EMAIL.json(), e.code());
            return "";
        }
    }

    private void checkPassword(Form form, String password, String email) {
        if (password.isEmpty()) {
            return; // missing, or refused already
        }
        try {
            rule.check(new Password(password), new OwnData(List.of(), email, ""));
        } catch (InvalidValue e) {
            form.reject(Field.PASSWORD.json(), e.code());
        }
    }
}
