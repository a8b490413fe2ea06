package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.OpenApiDocument.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The API page fills in each call so that it works as it is, in the order of a user's life. */
@OneForm
class PrefilledIT {

    /** What a call answers that is sent as it is filled in. */
    private record Expected(String operation, int status) {}

    private static final List<Expected> LIFE = List.of(
            new Expected("firstPage", 200),
            new Expected("docs", 200),
            new Expected("openapi", 200),
            new Expected("asyncapi", 200),
            new Expected("eventSchemas", 200),
            new Expected("eventSchema", 200),
            new Expected("keys", 200),
            new Expected("issuer", 200),
            new Expected("openidIssuer", 200),
            new Expected("register", 201),
            new Expected("signIn", 200),
            new Expected("profile", 200),
            new Expected("executors", 200),
            new Expected("change", 200),
            new Expected("verifyEmail", 200),
            new Expected("lastMail", 200),
            new Expected("verifyNumber", 200),
            new Expected("lastText", 200),
            new Expected("sessions", 200),
            new Expected("forgotPassword", 200),
            new Expected("revoke", 200),
            new Expected("signIn", 200),
            new Expected("revokeAll", 200),
            new Expected("signIn", 200),
            new Expected("erase", 200));

    /** Calls that need what only a mail or an earlier answer tells: what is filled in shows where it belongs. */
    private static final List<Expected> NEED_A_SECRET = List.of(
            new Expected("refresh", 401),
            new Expected("acceptEmail", 400),
            new Expected("acceptNumber", 400),
            new Expected("resetPassword", 400),
            new Expected("undoEmailChange", 400));

    private final Client stranger;
    private final OpenApiDocument document;
    private final Map<String, Operation> operations;

    PrefilledIT(Form form, Systems systems) {
        stranger = systems.get(form).client();
        document = new OpenApiDocument(stranger.get("openapi").expect(200).body());
        operations = document.operations().stream().collect(Collectors.toMap(Operation::id, Function.identity()));
    }

    @Test
    void eachCallWorksAsItIsFilledIn() {
        Client user = stranger;
        for (Expected expected : LIFE) {
            if (expected.operation().equals("forgotPassword")) {
                for (Expected refused : NEED_A_SECRET) {
                    send(user, refused);
                }
            }
            Answer answer = send(user, expected);
            if (expected.operation().equals("signIn")) {
                user = stranger.with("Bearer", answer.text("access"));
            }
        }
    }

    @Test
    void everyCallIsTried() {
        List<String> tried = Stream.concat(LIFE.stream(), NEED_A_SECRET.stream())
                .map(Expected::operation)
                .toList();
        assertThat(operations.keySet())
                // its address is in the answer of erase
                .filteredOn(id -> !id.equals("receipt"))
                .isSubsetOf(tried);
    }

    private Answer send(Client user, Expected expected) {
        Operation operation = Objects.requireNonNull(operations.get(expected.operation()), expected.operation());
        String path = Objects.requireNonNull(document.prefilledPath(operation), expected.operation());
        @Nullable String body = document.prefilledBody(operation);
        return user.send(operation.method(), path, body, document.prefilledHeaders(operation))
                .expect(expected.status());
    }
}
