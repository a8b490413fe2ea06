package app.users.command.registration;

import app.users.command.aggregate.Commands;
import app.users.command.aggregate.ConfirmationProperties;
import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.form.Form;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.registration.RegistrationBody.Registered;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.user.Field;
import app.users.command.user.OwnData;
import app.users.command.user.TakenIdentifiers;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.problem.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST auth/registration/}: a person appears. */
@RestController
@Tag(name = "User")
class RegistrationController {

    private final Commands commands;
    private final Passwords passwords;
    private final PasswordRule passwordRule;
    private final RegistrationLimits limits;
    private final UserIds ids;
    private final boolean executorByDefault;
    private final ConfirmationProperties confirmation;
    private final Clock clock;

    RegistrationController(
            Commands commands,
            Passwords passwords,
            PasswordRule passwordRule,
            RegistrationLimits limits,
            UserIds ids,
            ExecutorProperties executors,
            ConfirmationProperties confirmation,
            Clock clock) {
        this.commands = commands;
        this.passwords = passwords;
        this.passwordRule = passwordRule;
        this.limits = limits;
        this.ids = ids;
        this.executorByDefault = executors.byDefault();
        this.confirmation = confirmation;
        this.clock = clock;
    }

    @PostMapping(path = "/users/auth/registration", consumes = "application/json", produces = "application/json")
    @Operation(summary = "Register", description = "Texts are trimmed, the number is kept as E.164.")
    @Answers(status = 201, value = "The profile as it was taken, without the password.")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "work-required"})
    @Refuses(status = 409, problems = "taken")
    @Idempotent
    @Throttled(Door.REGISTRATION)
    ResponseEntity<Registered> register(
            @RequestBody @Schema(implementation = RegistrationBody.class) JsonNode body,
            @Parameter(description = "A proof of work, where the operator asks for one.")
                    @RequestHeader(name = ProofOfWork.HEADER, required = false)
                    @Nullable
                    String proof,
            @Nullable Attempt attempt,
            HttpServletRequest request) {
        Form form = Form.of(body, Field.names());
        Map<Field, String> texts = new EnumMap<>(Field.class);
        Field.TEXTS.forEach(field -> texts.put(field, form.read(field)));
        String password = texts.getOrDefault(Field.PASSWORD, "");
        passwordRule.check(form, password, OwnData.of(texts));
        Boolean executor = form.flag(Field.EXECUTOR.json());
        form.check();
        limits.checkWork(String.valueOf(form.text(Field.EMAIL.json())), proof);
        try {
            return limits.within(request.getRemoteAddr(), () -> register(texts, password, executor, attempt, request));
        } catch (TakenIdentifiers e) {
            throw Rejected.of(Reason.CONFLICT, "taken")
                    .errors(e.fields().stream()
                            .map(field -> new FieldError(field.json(), "taken"))
                            .toList());
        }
    }

    private ResponseEntity<Registered> register(
            Map<Field, String> texts,
            String password,
            @Nullable Boolean executor,
            @Nullable Attempt attempt,
            HttpServletRequest request) {
        String id = Long.toString(ids.next());
        String hash = passwords.hash(Requester.at(request.getRemoteAddr()), password);
        texts.remove(Field.PASSWORD);
        RegisterUser command = new RegisterUser(
                id,
                texts,
                executor == null ? executorByDefault : executor,
                hash,
                confirmation.mailOnRegistration() ? confirmationOf(id) : null);
        return commands.register(
                command, attempt, ResponseEntity.status(HttpStatus.CREATED).body(Registered.of(texts, executor)));
    }

    private RequestCode confirmationOf(String id) {
        return new RequestCode(id, Purpose.EMAIL, UUID.randomUUID().toString(), Texts.language(), clock.instant());
    }
}
