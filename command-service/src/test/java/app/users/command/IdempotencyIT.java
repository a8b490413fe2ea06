package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A client that heard no answer sends its request again under the same key: it is done once, and answered alike. */
class IdempotencyIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String key = UUID.randomUUID().toString();
    private final Person person = person();

    @Autowired
    private PlatformTransactionManager transactions;

    private HttpResponse<String> send(String key, String method, String path, String body, String access)
            throws IOException, InterruptedException {
        return send(method, path, body, access, "*", "Idempotency-Key", key);
    }

    private HttpResponse<String> register(String key, String body) throws IOException, InterruptedException {
        return send(key, "POST", "auth/registration/", body, "");
    }

    private static void assertSame(HttpResponse<String> again, HttpResponse<String> first) {
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Users-Version"))
                .isEqualTo(first.headers().firstValue("Users-Version"));
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Nested
    class SameKeySameBody {

        @Test
        void registersOnce() throws Exception {
            HttpResponse<String> first = register(key, person.body());
            assertThat(first.statusCode()).isEqualTo(201);
            assertSame(register(key, person.body()), first);
            assertThat(register(UUID.randomUUID().toString(), person.body()).statusCode())
                    .isEqualTo(409);
        }

        @Test
        void changesOnceThoughTodaysPasswordIsAnotherByThen() throws Exception {
            String access = register(person);
            String body = "{\"password\":\"another pass 1\",\"current_password\":\"user1user1\",\"surname\":\"Twice\"}";
            HttpResponse<String> first = send(key, "PATCH", "user/", body, access);
            assertThat(first.statusCode()).isEqualTo(200);
            assertSame(send(key, "PATCH", "user/", body, access), first);
            assertThat(types(access))
                    .filteredOn("user.password-changed.v1"::equals)
                    .hasSize(1);
        }

        @Test
        void sendsOneMail() throws Exception {
            String access = register(person);
            HttpResponse<String> first = send(key, "POST", "verify-email/", "", access);
            assertThat(first.statusCode()).isEqualTo(200);
            assertSame(send(key, "POST", "verify-email", "", access), first);
            assertThat(types(access))
                    .filteredOn("user.email-confirmation-requested.v1"::equals)
                    .hasSize(1);
        }

        @Test
        void tellsWhoHasLeftThatTheyHave() throws Exception {
            String access = register(person);
            HttpResponse<String> first = send(key, "DELETE", "user/", "", access);
            assertThat(first.statusCode()).isEqualTo(200);
            assertSame(send(key, "DELETE", "user/", "", access), first);
            assertThat(send("another", "DELETE", "user/", "", access).statusCode())
                    .isEqualTo(401);
        }

        @Test
        void isDoneAgainAfterADay() throws Exception {
            assertThat(register(key, person.body()).statusCode()).isEqualTo(201);
            jdbc.update("update idempotency set stored_at = stored_at - interval '25 hours'");
            assertThat(register(key, person.body()).statusCode()).isEqualTo(409);
        }

        @Test
        void ofManyAtOnceOneIsDone() throws Exception {
            List<Integer> statuses = atOnce(16, i -> () -> {
                HttpResponse<String> answer = register(key, person.body());
                assertThat(answer.body()).doesNotContain("taken");
                return answer.statusCode();
            });
            assertThat(statuses).contains(201).isSubsetOf(201, 409);
            assertThat(register(key, person.body()).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void aKeyIsInUseWhileTheFirstIsAtWork() throws Exception {
        String access = register(person);
        long user = claim(access, "sub").asLong();
        var first = new TransactionTemplate(transactions).execute(open -> {
            // the change of the password waits for this row
            jdbc.queryForList("select 1 from credential where user_id = ? for update", user);
            var waiting = CompletableFuture.supplyAsync(() -> changePassword(access));
            await().atMost(PATIENCE).until(this::someKeyIsLocked);
            HttpResponse<String> twin = changePassword(access);
            assertThat(twin.statusCode()).isEqualTo(409);
            assertThat(twin.body()).contains("key-in-use");
            assertThat(twin.headers().firstValue("Retry-After")).hasValue("1");
            return waiting;
        });
        HttpResponse<String> done = Objects.requireNonNull(first).get();
        assertThat(done.statusCode()).isEqualTo(200);
        assertSame(changePassword(access), done);
    }

    private HttpResponse<String> changePassword(String access) {
        try {
            return send(key, "PATCH", "user/", "{\"password\":\"another pass 1\"}", access);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean someKeyIsLocked() {
        return !jdbc.queryForList("select 1 from pg_locks where locktype = 'advisory'", Integer.class)
                .isEmpty();
    }

    @Nested
    class RefusesAKey {

        @Test
        void thatCameWithAnotherBody() throws Exception {
            register(key, person.body());
            HttpResponse<String> other = register(key, person().body());
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(other.body()).contains("key-reused");
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "a b", "\t"})
        void thatIsNone(String none) throws Exception {
            HttpResponse<String> refused = register(none, person.body());
            assertThat(refused.statusCode()).isEqualTo(400);
        }

        @Test
        void thatIsTooLong() throws Exception {
            assertThat(register("k".repeat(256), person.body()).body()).contains("Idempotency-Key", "not-a-key");
            assertThat(register("k".repeat(255), person.body()).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void aKeyIsOnlyItsCallersAndItsRoutes() throws Exception {
        String access = register(person);
        String other = register(person());
        send(key, "PATCH", "user/", "{\"surname\":\"Mine\"}", access);
        assertThat(send(key, "PATCH", "user/", "{\"surname\":\"Other\"}", other).statusCode())
                .isEqualTo(200);
        assertThat(send(key, "POST", "verify-email/", "", access).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasRefusedIsTriedAgain() throws Exception {
        String access = register(person);
        Person second = person(person.email());
        assertThat(register(key, second.body()).statusCode()).isEqualTo(409);
        send("DELETE", "user/", "", access);
        assertThat(register(key, second.body()).statusCode()).isEqualTo(201);
    }

    @Test
    void anEndedSessionGetsNoAnswerThatWasGivenBefore() throws Exception {
        String access = register(person);
        String body = "{\"surname\":\"Once\"}";
        assertThat(send(key, "PATCH", "user/", body, access).statusCode()).isEqualTo(200);
        send("POST", "auth/token/revoke-all", "", access);
        assertThat(send(key, "PATCH", "user/", body, access).statusCode()).isEqualTo(401);
    }

    @Test
    void answersGoWithTheirUser() throws Exception {
        register(key, person.body());
        String access = tokens(person).get("access").asString();
        Map<String, Object> row = jdbc.queryForMap(
                "select sealed, encode(answer, 'escape') as answer from idempotency where user_id = ?",
                Long.parseLong(claim(access, "sub").asString()));
        assertThat(row).containsEntry("sealed", true);
        assertThat(String.valueOf(row.get("answer"))).doesNotContain(person.email());
        send("DELETE", "user/", "", access);
        assertThat(register(key, person.body()).headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"auth/token/,200", "auth/token/refresh,401", "accept-email/,400"})
    void signInRefreshAndCodesIgnoreKeys(String path, int status) throws Exception {
        String access = register(person);
        String body = switch (path) {
            case "auth/token/" -> "{\"email\":\"" + person.email() + "\",\"password\":\"user1user1\"}";
            case "accept-email/" -> "{\"code\":\"000000\"}";
            default -> "{\"refresh\":\"none\"}";
        };
        HttpResponse<String> first = send(key, "POST", path, body, access);
        HttpResponse<String> second = send(key, "POST", path, body, access);
        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(second.statusCode()).isEqualTo(status);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }
}
