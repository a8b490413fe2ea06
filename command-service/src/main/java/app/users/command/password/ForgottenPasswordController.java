package app.users.command.password;

import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.form.Form;
import app.users.command.throttle.Door;
import app.users.command.throttle.MessageBudget;
import app.users.command.throttle.Throttled;
import app.users.command.user.Field;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.OwnData;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Identifier;
import app.users.command.value.Password;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.problem.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
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
            @Schema(example = "Password successfully changed")
            String detail) {}

    record Requested(
            @Schema(example = "If there is such a user, a mail with a code is on its way")
            String detail,

            @Schema(
                    example = "q1Yb0k3mT7fHc2Vd9sLx4A",
                    description =
                            "Names this request. Send it with the code, so that wrong codes of others do not count for it.")
            String request) {}

    private final ForgottenPasswords forgotten;
    private final MessageBudget mails;
    private final PasswordResets resets;
    private final Passwords passwords;
    private final PasswordRule rule;

    ForgottenPasswordController(
            ForgottenPasswords forgotten,
            MessageBudget mails,
            PasswordResets resets,
            Passwords passwords,
            PasswordRule rule) {
        this.forgotten = forgotten;
        this.mails = mails;
        this.resets = resets;
        this.passwords = passwords;
        this.rule = rule;
    }

    @Operation(
            operationId = "forgotPassword",
            summary = "Ask for a code that resets the password",
            description = "Sent to the email, if somebody has it: one a minute and ten a day.")
    @Answers("The answer is the same whether somebody has this email or not.")
    @Refuses(status = 400, problems = "invalid-fields")
    @Throttled(Door.PASSWORD)
    @PostMapping(path = "/users/auth/password/forgot", consumes = "application/json")
    Requested forgot(
            @RequestBody @Schema(implementation = ForgotBody.class) JsonNode body, HttpServletRequest request) {
        Form form = Form.of(body, "email");
        Optional<Identifier> email = form.read(Field.EMAIL, Identifier::ofSoughtEmail);
        form.check();
        // for everybody, so that the answer is the same whether somebody has the email or not
        mails.countForNetwork(request.getRemoteAddr());
        String handle = forgotten.wish(email.orElseThrow(), Texts.language(), request.getRemoteAddr());
        return new Requested("If there is such a user, a mail with a code is on its way", handle);
    }

    @Operation(
            operationId = "resetPassword",
            summary = "Set a new password with the code",
            description =
                    "Ends all sessions. With the `request` of the call before, five wrong codes end the code. Without it, twenty"
                            + " wrong codes a day end the guessing for this email, and the code stays good.")
    @Answers("The password is another one now.")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "bad-reset"})
    @Throttled(Door.PASSWORD)
    @PostMapping(path = "/users/auth/password/reset", consumes = "application/json")
    Detail reset(@RequestBody @Schema(implementation = ResetBody.class) JsonNode body, HttpServletRequest request) {
        Form form = Form.of(body, "email", "code", "password", "request");
        Optional<Identifier> email = form.read(Field.EMAIL, Identifier::ofSoughtEmail);
        String code = form.code("code");
        String password = form.read(Field.PASSWORD);
        String handle = form.text("request");
        rule.check(
                form,
                password,
                new OwnData(List.of(), email.map(Identifier::value).orElse(""), ""));
        form.check();
        // for everybody, so that it takes as long for whom nobody knows
        String hash = passwords.hash(Requester.at(request.getRemoteAddr()), password);
        ResetPassword reset = new ResetPassword(new Password(password), hash, Texts.language());
        return switch (resets.reset(email.orElseThrow(), code, handle, reset, request.getRemoteAddr())) {
            case Success<Done> _ -> new Detail("Password successfully changed");
            case Refusal<Done> refusal -> throw refused(refusal.rule(), form);
        };
    }

    /** Only the right code leads to the answer on own data; any other difference would reveal whether the email is known. */
    private static Rejected refused(Rule broken, Form form) {
        if (broken == Rule.OWN_DATA_PASSWORD) {
            form.refuse(Field.PASSWORD.json(), broken.code());
            form.check();
        }
        return badReset();
    }

    private static Rejected badReset() {
        return Rejected.of(Reason.INVALID, "bad-reset");
    }
}
