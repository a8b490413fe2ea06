package app.users.system;

import app.users.system.OpenApiDocument.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How each documented outcome is brought about: one request for each, on its own people where it changes them. */
final class Provocations {

    /**
     * Problems that only come after minutes, after thousands of requests, with another setting, or (an address that another user has
     * confirmed) after a day; other tests show them.
     */
    private static final Set<String> LATE =
            Set.of("expired-code", "throttled", "email-unconfirmed", "work-required", "taken");

    private final RunningSystem system;
    private final Client stranger;
    private final Client user;
    private final Client signedOut;
    private final Map<String, Supplier<Answer>> table = new HashMap<>();

    Provocations(RunningSystem system) {
        this.system = system;
        this.stranger = system.client();
        this.user = someone();
        this.signedOut = someone();
        signedOut.post("auth/token/revoke").expect(200);
        registration();
        signingIn();
        sessions();
        profile();
        confirmation();
        about();
    }

    boolean isLate(String outcome) {
        return LATE.contains(outcome.substring(outcome.lastIndexOf(' ') + 1)) && !table.containsKey(outcome);
    }

    /** Null when nobody has thought of one. */
    @Nullable
    Supplier<Answer> of(Operation operation, String outcome) {
        Supplier<Answer> own = table.get(outcome);
        return own != null ? own : door(operation, outcome.substring(outcome.lastIndexOf(' ') + 1));
    }

    /** What is provoked and not documented. */
    Set<String> withoutOutcome(OpenApiDocument document) {
        Set<String> left = new TreeSet<>(table.keySet());
        document.operations().forEach(operation -> left.removeAll(document.outcomes(operation)));
        return left;
    }

    /** What the door refuses in the same way everywhere. */
    private @Nullable Supplier<Answer> door(Operation operation, String problem) {
        String path = operation.path().replaceAll("\\{\\w+}", "unknown").replaceFirst("^/users/", "");
        String body = operation.node().has("requestBody") ? "{}" : null;
        return switch (problem) {
            case "bad-request" -> send(user, operation, path + "%2f", body);
            case "no-token" -> send(stranger, operation, path, body);
            case "bad-token" -> send(stranger.with("Bearer", "a.b.c"), operation, path, body);
            case "session-over" -> send(signedOut, operation, path, body);
            case "not-acceptable" -> () -> user.send(operation.method(), path, body, Map.of("Accept", "image/png"));
            case "unsupported-media-type" ->
                () -> user.send(operation.method(), path, body, Map.of("Content-Type", "text/plain"));
            case "header-too-large" ->
                () -> user.send(operation.method(), path, body, Map.of("Padding", "x".repeat(17_000)));
            case "body-too-large" -> send(user, operation, path, " ".repeat(70_000));
            case "malformed-json" -> send(user, operation, path, "{");
            case "not-an-object" -> send(user, operation, path, "[]");
            case "missing-body" -> send(user, operation, path, null);
            case "invalid-fields" ->
                takesKey(operation)
                        ? () -> user.send(operation.method(), path, body, key("x".repeat(256)))
                        : send(user, operation, path, "{\"unknown\":1}");
            case "key-reused" -> () -> keyReused(operation, path, body);
            case "key-in-use" -> () -> keyInUse(operation, path, body);
            default -> null;
        };
    }

    private static boolean takesKey(Operation operation) {
        return operation.node().path("parameters").toString().contains("/Idempotency-Key\"");
    }

    private static Map<String, String> key(String key) {
        return Map.of("Idempotency-Key", key);
    }

    private Answer keyReused(Operation operation, String path, @Nullable String body) {
        Map<String, String> key = key(UUID.randomUUID().toString());
        if (operation.id().equals("register")) {
            stranger.send("POST", path, Person.next().registration(), key).expect(201);
            return stranger.send("POST", path, Person.next().registration(), key);
        }
        Client person = someone();
        person.send(operation.method(), path, "{\"address\":\"Anywhere\"}", key).expect(200);
        return person.send(operation.method(), path, body, key);
    }

    /** Two at once: one waits for the lock on what it has to keep, the other is refused. */
    private Answer keyInUse(Operation operation, String path, @Nullable String body) {
        Map<String, String> key = key(UUID.randomUUID().toString());
        boolean registers = operation.id().equals("register");
        Client person = registers ? stranger : someone();
        String sent = registers ? Person.next().registration() : body;
        Supplier<Answer> request = () -> person.send(operation.method(), path, sent, key);
        return new EventStore(system.eventStore()).whileNoAnswerCanBeKept(() -> (Answer)
                CompletableFuture.anyOf(CompletableFuture.supplyAsync(request), CompletableFuture.supplyAsync(request))
                        .join());
    }

    private static Supplier<Answer> send(Client client, Operation operation, String path, @Nullable String body) {
        return () -> client.send(operation.method(), path, body, Map.of());
    }

    private void registration() {
        table.put("register 201", () -> stranger.register(Person.next()));
        table.put("register 409 taken", () -> {
            Person person = Person.next();
            stranger.register(person).expect(201);
            return stranger.register(person);
        });
    }

    private void signingIn() {
        table.put("signIn 200", () -> {
            Person person = Person.next();
            stranger.register(person).expect(201);
            return stranger.post("auth/token", person.credentials());
        });
        table.put("signIn 400 one-identifier", () -> stranger.post("auth/token", "{\"password\":\"x\"}"));
        table.put(
                "signIn 401 bad-credentials",
                () -> stranger.post("auth/token", Person.next().credentials()));
        table.put("signIn 429 throttled", () -> {
            String nobody = Person.next().credentials();
            Answer answer = stranger.post("auth/token", nobody);
            for (int i = 1; i < 20 && answer.status() == 401; i++) {
                answer = stranger.post("auth/token", nobody);
            }
            return answer;
        });
        table.put("refresh 200", () -> {
            String refresh = table.get("signIn 200").get().text("refresh");
            return stranger.post("auth/token/refresh", "{\"refresh\":\"%s\"}".formatted(refresh));
        });
        table.put("refresh 401 bad-refresh", () -> stranger.post("auth/token/refresh", "{\"refresh\":\"x\"}"));
        table.put("forgotPassword 200", () -> stranger.post("auth/password/forgot", forgot(Person.next())));
        table.put("resetPassword 200", () -> {
            Person person = Person.next();
            stranger.register(person).expect(201);
            stranger.post("auth/password/forgot", forgot(person)).expect(200);
            return reset(person, system.mails().awaitCode(person.email()));
        });
        table.put("resetPassword 400 bad-reset", () -> reset(Person.next(), "123456"));
        table.put("undoEmailChange 200", () -> {
            Guest guest = Guest.withConfirmedEmail(system);
            guest.client()
                    .patch("user", "{\"email\":\"%s\"}".formatted(Person.next().email()))
                    .expect(200);
            return undo(system.mails().awaitUndoToken(guest.person().email()));
        });
        table.put("undoEmailChange 400 bad-undo", () -> undo("1.AAAAAAAAAAAAAAAAAAAAAA"));
        table.put("keys 200", () -> stranger.get("auth/jwks"));
        table.put("issuer 200", () -> stranger.get("/.well-known/oauth-authorization-server/users"));
        table.put("openidIssuer 200", () -> stranger.get(".well-known/openid-configuration"));
    }

    private static String forgot(Person person) {
        return "{\"email\":\"%s\"}".formatted(person.email());
    }

    private Answer reset(Person person, String code) {
        return stranger.post(
                "auth/password/reset",
                "{\"email\":\"%s\",\"code\":\"%s\",\"password\":\"another pass 1\"}".formatted(person.email(), code));
    }

    private Answer undo(String token) {
        return stranger.post("auth/email/undo", "{\"token\":\"%s\"}".formatted(token));
    }

    private void sessions() {
        table.put("sessions 200", () -> user.get("auth/sessions"));
        table.put("revoke 200", () -> someone().post("auth/token/revoke"));
        table.put(
                "revoke 404 not-found",
                () -> user.post("auth/token/revoke", "{\"session\":\"%s\"}".formatted(UUID.randomUUID())));
        table.put("revokeAll 200", () -> someone().post("auth/token/revoke-all"));
    }

    private void profile() {
        table.put("profile 200", () -> user.get("user"));
        table.put("profile 304", () -> unchanged("user"));
        Map<String, String> noVersion = Map.of("Users-Min-Version", "abc");
        table.put("profile 400 invalid-fields", () -> user.send("GET", "user", null, noVersion));
        table.put("lastMail 400 invalid-fields", () -> user.send("GET", "verify-email", null, noVersion));
        table.put("lastText 400 invalid-fields", () -> user.send("GET", "verify-number", null, noVersion));
        table.put("executors 200", () -> {
            someone();
            return user.get("user/executor?limit=1");
        });
        table.put("executors 400 invalid-fields", () -> user.get("user/executor?limit=0"));
        table.put("change 200", () -> user.patch("user", "{\"address\":\"Somewhere\",\"patronymic\":null}"));
        table.put("change 400 nothing-changed", () -> user.patch("user", "{\"surname\":\"\"}"));
        table.put(
                "change 412 precondition-failed", () -> user.send("PATCH", "user", "{}", Map.of("If-Match", "\"99\"")));
        table.put("erase 200", () -> someone().delete("user"));
        table.put(
                "erase 412 precondition-failed", () -> user.send("DELETE", "user", null, Map.of("If-Match", "\"99\"")));
        table.put("receipt 200", () -> {
            String receipt =
                    someone().delete("user").headers().firstValue("Location").orElseThrow();
            return stranger.get(receipt);
        });
        table.put("receipt 404 not-found", () -> stranger.get("erasures/unknown"));
    }

    private void confirmation() {
        confirmation("Email", "email", Person::email);
        confirmation("Number", "number", Person::number);
        table.put(
                "verifyNumber 400 no-text-messages",
                () -> registered(Person.next().withPremiumRateNumber()).post("verify-number"));
        table.put("lastMail 200", () -> asked(someone(), "email").get("verify-email"));
        table.put("lastText 200", () -> asked(someone(), "number").get("verify-number"));
    }

    /** @param address of a person, where the code arrives */
    private void confirmation(String name, String path, Function<Person, String> address) {
        table.put("verify" + name + " 200", () -> someone().post("verify-" + path));
        table.put(
                "verify" + name + " 429 too-soon", () -> asked(someone(), path).post("verify-" + path));
        table.put("verify" + name + " 429 too-many-codes", () -> {
            Client person = asked(someone(), path);
            new CodeCounts(system, person.id()).repeat(10);
            return person.post("verify-" + path);
        });
        table.put("accept" + name + " 200", () -> confirmed(path, address, 1));
        table.put("accept" + name + " 400 already-confirmed", () -> confirmed(path, address, 2));
        table.put("accept" + name + " 400 no-code", () -> accept(someone(), path, "123456"));
        table.put("accept" + name + " 400 wrong-code", () -> accept(asked(someone(), path), path, "123456"));
        table.put("accept" + name + " 429 too-many-tries", () -> {
            Client person = asked(someone(), path);
            accept(person, path, "123456").expect(400);
            new CodeCounts(system, person.id()).repeat(20);
            return accept(person, path, "123456");
        });
    }

    private static Client asked(Client person, String path) {
        person.post("verify-" + path).expect(200);
        return person;
    }

    /** The answer to the last of so many times the right code. */
    private Answer confirmed(String path, Function<Person, String> address, int times) {
        Person person = Person.next();
        Client client = asked(registered(person), path);
        String code = system.mails().awaitCode(address.apply(person));
        for (int i = 1; i < times; i++) {
            accept(client, path, code).expect(200);
        }
        return accept(client, path, code);
    }

    private static Answer accept(Client person, String path, String code) {
        return person.post("accept-" + path, "{\"code\":\"%s\"}".formatted(code));
    }

    private void about() {
        table.put("firstPage 200", () -> stranger.get(""));
        table.put("openapi 200", () -> stranger.get("openapi"));
        table.put("openapi 304", () -> unchanged("openapi"));
        table.put("asyncapi 200", () -> stranger.get("asyncapi"));
        table.put("asyncapi 304", () -> unchanged("asyncapi"));
        table.put("eventSchemas 200", () -> stranger.get("events/schemas/"));
        table.put("eventSchema 200", () -> stranger.get("events/schemas/user.registered.v1"));
        table.put("eventSchema 304", () -> unchanged("events/schemas/user.registered.v1"));
        table.put("eventSchema 404 not-found", () -> stranger.get("events/schemas/unknown"));
        table.put("docs 200", () -> stranger.get("docs"));
        table.put("docs 304", () -> unchanged("docs"));
    }

    private Answer unchanged(String path) {
        String tag = user.get(path).headers().firstValue("ETag").orElseThrow();
        return user.send("GET", path, null, Map.of("If-None-Match", tag));
    }

    private Client someone() {
        return registered(Person.next());
    }

    private Client registered(Person person) {
        stranger.register(person).expect(201);
        return stranger.signIn(person);
    }
}
