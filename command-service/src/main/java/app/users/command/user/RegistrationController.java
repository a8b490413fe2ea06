package app.users.command.user;

import app.users.command.form.Form;
import app.users.command.idempotency.Attempt;
import app.users.command.idempotency.Idempotent;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.token.Passwords;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestEmailConfirmation;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.web.Answers;
import app.users.web.FieldError;
import app.users.web.Reason;
import app.users.web.Refuses;
import app.users.web.Rejected;
import app.users.web.Texts;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST auth/registration/}: a person appears. */
@RestController
@Tag(name = "User")
class RegistrationController {

    private static final List<Field> TEXTS = List.of(
            Field.SURNAME, Field.NAME, Field.PATRONYMIC, Field.ADDRESS, Field.EMAIL, Field.NUMBER, Field.PASSWORD);

    /** The profile as it was taken, without the password. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Registered(
            @Schema(example = "Petrova") String surname,
            @Schema(example = "Anna") String name,
            @Schema(example = "Ivanovna") String patronymic,
            @Schema(example = "1 Main Street") String address,
            @Schema(example = "anna@example.org") String email,
            @Schema(example = "+79161234567") String number,
            @Nullable Boolean executor) {}

    private final Commands commands;
    private final Passwords passwords;
    private final PasswordRule passwordRule;
    private final JdbcTemplate jdbc;
    private final boolean executorByDefault;
    private final ConfirmationProperties confirmation;
    private final Clock clock;

    RegistrationController(
            Commands commands,
            Passwords passwords,
            PasswordRule passwordRule,
            JdbcTemplate jdbc,
            ExecutorProperties executors,
            ConfirmationProperties confirmation,
            Clock clock) {
        this.commands = commands;
        this.passwords = passwords;
        this.passwordRule = passwordRule;
        this.jdbc = jdbc;
        this.executorByDefault = executors.byDefault();
        this.confirmation = confirmation;
        this.clock = clock;
    }

    @PostMapping(path = "/users/auth/registration", consumes = "application/json", produces = "application/json")
    @Operation(summary = "Register", description = "Texts are trimmed, the number is kept as E.164.")
    @Answers(status = 201, value = "The profile as it was taken, without the password.")
    @Refuses(status = 400, problems = "invalid-fields")
    @Refuses(status = 409, problems = "taken")
    @Idempotent
    @Throttled(Door.REGISTRATION)
    ResponseEntity<Registered> register(
            @RequestBody @Schema(implementation = RegistrationBody.class) JsonNode body, @Nullable Attempt attempt) {
        Form form =
                Form.of(body, "surname", "name", "patronymic", "address", "email", "number", "password", "executor");
        Map<Field, String> values = new EnumMap<>(Field.class);
        TEXTS.forEach(field -> values.put(field, field.read(form)));
        checkPassword(form, values);
        Boolean executor = form.flag("executor");
        form.check();
        String id = Long.toString(nextId());
        RegisterUser command = new RegisterUser(
                id,
                value(values, Field.SURNAME),
                value(values, Field.NAME),
                value(values, Field.PATRONYMIC),
                value(values, Field.ADDRESS),
                value(values, Field.EMAIL),
                value(values, Field.NUMBER),
                passwords.hash(value(values, Field.PASSWORD)),
                executor == null ? executorByDefault : executor,
                confirmation.mailOnRegistration() ? confirmationOf(id) : null);
        try {
            return commands.send(
                    command,
                    attempt,
                    done -> ResponseEntity.status(HttpStatus.CREATED).body(registered(command, executor)));
        } catch (TakenClaims e) {
            throw Rejected.of(Reason.CONFLICT, "taken")
                    .errors(e.fields().stream()
                            .map(f -> new FieldError(f, "taken"))
                            .toList());
        }
    }

    private static Registered registered(RegisterUser command, @Nullable Boolean executor) {
        return new Registered(
                command.surname(),
                command.name(),
                command.patronymic(),
                command.address(),
                command.email(),
                command.number(),
                executor);
    }

    private RequestEmailConfirmation confirmationOf(String id) {
        return new RequestEmailConfirmation(id, UUID.randomUUID().toString(), Texts.language(), clock.instant());
    }

    private void checkPassword(Form form, Map<Field, String> values) {
        String password = value(values, Field.PASSWORD);
        if (password.isEmpty()) {
            return; // missing, or refused already
        }
        try {
            passwordRule.check(new Password(password), OwnData.of(values));
        } catch (InvalidValue e) {
            form.reject(Field.PASSWORD.json(), e.code());
        }
    }

    private static String value(Map<Field, String> values, Field field) {
        return values.getOrDefault(field, "");
    }

    private long nextId() {
        Long id = jdbc.queryForObject("select nextval('user_id_seq')", Long.class);
        return id == null ? 0 : id;
    }
}
