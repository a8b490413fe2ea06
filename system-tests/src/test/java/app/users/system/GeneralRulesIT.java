package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of all calls alike: paths, bodies and errors. */
@EachForm
class GeneralRulesIT {

    private static final Pattern INTERNALS = Pattern.compile(
            "(?i)exception|\\bat [a-z]+\\.|\\b(?:org|com|app|java|tools|jakarta)\\.[a-z]|select |insert |postgres|mongo|kafka|jackson|tomcat|spring|axon|127\\.0\\.0\\.1");

    private final RunningSystem system;
    private final Client stranger;
    private final Guest guest;
    private final Client user;

    GeneralRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        guest = Guest.of(system);
        user = guest.client();
    }

    @RowsOf("Calls")
    @Says("Every path works with and without its last slash.")
    @Says("An unknown path is a 404 and a wrong method a 405 with `Allow`, both before any token is asked for.")
    void callsAreThere(ApiPage.Row row) {
        String method = row.cell("call").split(" ")[0];
        String path =
                row.cell("call").split(" ")[1].replaceAll("\\{\\w+}", "unknown").replaceAll("/$", "");
        for (String spelling : List.of(path, path + "/")) {
            Answer answer = new Call(stranger, method, spelling).send();
            boolean needsToken = answer.status() == 401 && answer.problem().equals("no-token");
            assertThat(needsToken)
                    .as(answer.toString())
                    .isEqualTo(row.cell("token").equals("yes"));
            assertThat(answer.status()).isNotIn(405, 500);
            if (!path.endsWith("/unknown")) {
                assertThat(answer.status()).isNotEqualTo(404);
            }
            Answer wrong = new Call(stranger, "PUT", spelling).send().expect(405);
            assertThat(wrong.header("Allow").split(", ")).contains(method).doesNotContain("PUT");
            new Call(stranger, method, path + "/nowhere" + (spelling.endsWith("/") ? "/" : ""))
                    .send()
                    .expect(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                 | 200",
                "application/json;charset=utf-8   | 200",
                "Application/JSON; charset=UTF-8  | 200",
                "text/plain                       | 415",
                "application/x-www-form-urlencoded| 415",
                "application/json;charset=utf-16  | 415",
                "application/merge-patch+json     | 415",
                "nonsense                         | 415"
            })
    @Says("A body is JSON in UTF-8 with `Content-Type: application/json`.")
    @Says("Another media type is a 415.")
    void takesJsonOnly(String type, int status) {
        byte[] body = "{\"surname\":\"Изменено\"}".getBytes(StandardCharsets.UTF_8);
        new Call(user, "PATCH", "user/").body(type, body).send().expect(status);
        assertThat(guest.profile().text("surname")).isEqualTo(status == 200 ? "Изменено" : "Surname");
    }

    @Test
    @Says("A comma before a closing bracket and leading zeros of a number are read, as the contract prints them.")
    void readsWhatTheContractPrints() {
        user.patch("user/", "{\"surname\":\"Changed\",}").expect(200);
        assertThat(user.post("accept-email/", "{\"code\":000000,\n}")
                        .expect(400)
                        .problem())
                .isEqualTo("no-code");
        assertThat(user.patch("user/", "{\"executor\":[007,],}").expect(400).errors())
                .containsExactly("executor:not-boolean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{",
                "{'surname':'x'",
                "{'surname':'x'}}",
                "{'surname':'x'} x",
                "{surname:'x'}",
                "{'surname':'x'/*no*/}",
                "{'surname':'x'}//no",
                "{'surname':NaN}",
                "{'surname':Infinity}",
                "{'surname':+1}",
                "{'surname':.5}",
                "{'surname':1.}",
                "{'surname':0x10}",
                "{'surname':'x',,}",
                "{,}",
                "[,]",
                "{'surname':'x\\q'}",
                "{'surname':'\\ud800'}",
                "{'surname':'\\u0000'}",
                "{'surname':'a\tb'}",
                "surname"
            })
    @Says("Any other departure from RFC 8259 is a 400 that says where.")
    void readsNothingElseThatIsNotJson(String body) {
        Answer answer = user.patch("user/", body.replace('\'', '"')).expect(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(answer.text("detail")).containsPattern("line \\d+, column \\d+: .+");
        assertThat(guest.profile().text("surname")).isEqualTo("Surname");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] body : List.of(
                "{\"surname\":\"я\"}".getBytes(StandardCharsets.UTF_16),
                "\ufeff{\"surname\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                "{\"surname\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))) {
            new Call(user, "PATCH", "user/")
                    .body("application/json", body)
                    .send()
                    .expect(400);
        }
    }

    @Test
    @Says("A name that comes twice is a 400.")
    void refusesNamesThatComeTwice() {
        Answer answer =
                user.patch("user/", "{\"surname\":\"x\",\"surname\":\"y\"}").expect(400);
        assertThat(answer.text("detail")).contains("twice");
    }

    @Test
    @Says("A body of more than 64 KiB is a 413.")
    @Says("More than 32 levels are a 400.")
    @Says("An address and header fields of more than 16 KiB are a 431.")
    void hasLimits() {
        String fits = "{\"surname\":\"x\"}";
        user.patch("user/", fits + " ".repeat(65_536 - fits.length())).expect(200);
        user.patch("user/", fits + " ".repeat(65_537 - fits.length())).expect(413);
        user.patch("user/", "{\"surname\":" + "[".repeat(31) + "]".repeat(31) + "}")
                .expect(400);
        assertThat(user.patch("user/", "{\"surname\":" + "[".repeat(32) + "]".repeat(32) + "}")
                        .expect(400)
                        .problem())
                .isEqualTo("malformed-json");
        new Call(user, "GET", "user/").with("More", "x".repeat(14_000)).send().expect(200);
        new Call(user, "GET", "user/").with("More", "x".repeat(16_384)).send().expect(431);
        new Call(user, "GET", "user/?" + "x".repeat(16_384)).send().expect(431);
    }

    @RowsOf("Problems")
    @Says("Every error is `application/problem+json` (RFC 9457).")
    @Says("`type` and `code` never change with the language.")
    @Says("`title` and `detail` are English, or Russian with `Accept-Language: ru`.")
    @Says("No error shows a stack trace, a class name, SQL or somebody else's data.")
    void problemsAreWhatThePageSays(ApiPage.Row row) {
        Call call = provocation(row.cell("type ends in"));
        Answer english = call.send();
        Answer russian = call.with("Accept-Language", "ru").send();
        for (Answer answer : List.of(english, russian)) {
            JsonNode problem =
                    answer.expect(Integer.parseInt(row.cell("status"))).json();
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(problem.get("type").stringValue()).isEqualTo("urn:users:problem:" + row.cell("type ends in"));
            assertThat(problem.get("status").intValue()).isEqualTo(answer.status());
            // behind the gateway it has lost its last slash
            assertThat(system.users().resolve(call.path()).getPath())
                    .startsWith(problem.get("instance").stringValue());
            assertThat(answer.body().replace(problem.get("instance").stringValue(), ""))
                    .doesNotContainPattern(INTERNALS);
        }
        if (row.cell("what to do").contains("Retry-After")) {
            assertThat(english.header("Retry-After")).matches("[1-9]\\d*");
        }
        for (String text : List.of("title", "detail")) {
            assertThat(english.text(text)).containsPattern("[a-z]").doesNotContainPattern("[а-я]");
            assertThat(russian.text(text)).containsPattern("[а-я]");
        }
        assertThat(russian.errors()).isEqualTo(english.errors());
    }

    /** The request that gets this problem, each time that it is sent. */
    private Call provocation(String problem) {
        return switch (problem) {
            case "malformed-json" -> patch("{");
            case "missing-body" -> new Call(user, "PATCH", "user/").with("Content-Type", "application/json");
            case "not-an-object" -> patch("[]");
            case "invalid-fields" -> post("auth/registration/", "{}");
            case "one-identifier" -> post("auth/token/", "{\"password\":\"x\"}");
            case "nothing-changed" -> patch("{\"id\":1}");
            case "wrong-code" -> {
                user.post("verify-email/").expect(200);
                yield post("accept-email/", "{\"code\":1}");
            }
            case "no-code" -> post("accept-email/", "{\"code\":1}");
            case "bad-credentials" -> post("auth/token/", "{\"email\":\"nobody@example.org\",\"password\":\"x\"}");
            case "bad-refresh" -> post("auth/token/refresh", "{\"refresh\":\"x\"}");
            case "no-token" -> new Call(stranger, "GET", "user/");
            case "bad-token" -> new Call(stranger.with("Bearer", "x"), "GET", "user/");
            case "session-over" -> {
                user.post("auth/token/revoke").expect(200);
                yield patch("{}");
            }
            case "not-found" -> new Call(user, "GET", "nowhere");
            case "method-not-allowed" -> new Call(user, "PUT", "user/");
            case "taken" -> post("auth/registration/", guest.person().registration());
            case "precondition-failed" -> patch("{}").with("If-Match", "\"7\"");
            case "body-too-large" -> patch(" ".repeat(70_000));
            case "unsupported-media-type" -> new Call(user, "PATCH", "user/").body("text/plain", new byte[] {'x'});
            case "key-reused" -> {
                String key = UUID.randomUUID().toString();
                patch("{}").with("Idempotency-Key", key).send().expect(200);
                yield patch("{\"surname\":\"x\"}").with("Idempotency-Key", key);
            }
            case "already-confirmed" -> {
                user.post("verify-email/").expect(200);
                String code = system.mails().awaitCode(guest.person().email());
                String body = "{\"code\":\"" + code + "\"}";
                user.post("accept-email/", body).expect(200);
                yield post("accept-email/", body);
            }
            case "bad-reset" ->
                post(
                        "auth/password/reset/",
                        "{\"email\":\"%s\",\"code\":1,\"password\":\"another pass 1\"}"
                                .formatted(Person.next().email()));
            case "bad-undo" -> post("auth/email/undo/", "{\"token\":\"x\"}");
            case "not-acceptable" -> new Call(user, "GET", "user/").with("Accept", "text/html");
            case "throttled" -> {
                String wrong = guest.person().credentials().replace("correct", "wrong");
                for (int i = 0; i < 5; i++) {
                    user.post("auth/token/", wrong).expect(401);
                }
                yield post("auth/token/", wrong);
            }
            case "too-soon" -> {
                user.post("verify-email/").expect(200);
                yield new Call(user, "POST", "verify-email/");
            }
            case "no-text-messages" -> {
                String number = Person.next().withPremiumRateNumber().number();
                user.patch("user/", "{\"number\":\"%s\"}".formatted(number)).expect(200);
                yield new Call(user, "POST", "verify-number/");
            }
            case "too-many-codes" -> {
                user.post("verify-email/").expect(200);
                new CodeCounts(system, user.id()).repeat(10);
                yield new Call(user, "POST", "verify-email/");
            }
            case "too-many-tries" -> {
                for (int round = 0; round < 4; round++) {
                    user.post("verify-email/").expect(200);
                    for (int i = 0; i < 5; i++) {
                        user.post("accept-email/", "{\"code\":1}").expect(400);
                    }
                    new CodeCounts(system, user.id(), guest.person().email()).letCoolDownPass();
                }
                yield post("accept-email/", "{\"code\":1}");
            }
            case "header-too-large" -> new Call(user, "GET", "user/").with("More", "x".repeat(17_000));
            case "not-yet-visible" -> {
                forget(user.id());
                yield new Call(user, "GET", "user/");
            }
            default -> throw new IllegalArgumentException("nobody knows how to get " + problem);
        };
    }

    private Call patch(String body) {
        return new Call(user, "PATCH", "user/").json(body);
    }

    private Call post(String path, String body) {
        return new Call(user, "POST", path).json(body);
    }

    private void forget(long id) {
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            mongo.getDatabase("users_query").getCollection("users").deleteOne(Filters.eq("_id", id));
        }
    }

    @Test
    @Says("Bad fields are listed in `errors`, each with `field`, `code` and `detail`.")
    void listsBadFields() {
        JsonNode problem = stranger.post("auth/registration/", "{\"surname\":1}")
                .expect(400)
                .json();
        assertThat(problem.get("errors")).hasSize(5).allSatisfy(error -> {
            assertThat(error.propertyNames()).containsExactly("field", "code", "detail");
            assertThat(error.get("detail").stringValue()).isNotBlank();
        });
    }

    @Test
    @Says("A 4xx changes no profile, no credential and no right to an email or number.")
    void changesNothingWithA4xx() {
        Answer before = guest.profile();
        Person other = Person.next();
        String change = "\"email\":\"%s\",\"number\":\"%s\",\"password\":\"quite another\""
                .formatted(other.email(), other.number());
        List<CompletableFuture<Answer>> refused = List.of(
                        patch("{" + change),
                        patch("{" + change + ",\"email\":\"x\"}"),
                        patch("[{" + change + "}]"),
                        patch("{" + change + "}").with("If-Match", "\"7\""),
                        patch("{" + change + "}").with("Idempotency-Key", ""),
                        new Call(user, "PUT", "user/").json("{" + change + "}"),
                        new Call(user, "PATCH", "user/")
                                .body("text/plain", ("{" + change + "}").getBytes(StandardCharsets.UTF_8)),
                        new Call(user.with("Bearer", "x"), "PATCH", "user/").json("{" + change + "}"),
                        new Call(user, "DELETE", "user/").with("If-Match", "\"7\""),
                        post("auth/registration/", "{" + change + "}"))
                .stream()
                .map(call -> CompletableFuture.supplyAsync(call::send))
                .toList();
        assertThat(refused).allSatisfy(call -> assertThat(call.join().status()).isBetween(400, 499));
        Answer after = guest.profile();
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        stranger.signIn(guest.person());
        stranger.register(other).expect(201);
    }

    @Test
    @Says("Answers that hold tokens or profiles have `Cache-Control: no-store`.")
    void forbidsCaching() {
        Guest.Tokens tokens = guest.tokens();
        for (Answer answer : List.of(
                stranger.register(Person.next()),
                stranger.post("auth/token/", guest.person().credentials()),
                stranger.post("auth/token/refresh", tokens.refreshing()),
                user.get("user/"),
                user.get("user/executor/"),
                user.get("auth/sessions/"),
                user.patch("user/", "{}"),
                stranger.get("user/"))) {
            assertThat(answer.header("Cache-Control")).as(answer.request()).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }
}
