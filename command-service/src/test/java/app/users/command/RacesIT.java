package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tools.jackson.databind.JsonNode;

/**
 * Security lines 3, 9, 10, 15: whichever of two requests comes first, nobody gets in who should not and nothing is lost. The
 * order is made, not hoped for: a lock stops both where they would meet, and PostgreSQL lets them go on in the order they
 * came.
 */
class RacesIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OLD = "user1user1";
    private static final String NEW = "another pass 1";

    /** What the requests are doing, as PostgreSQL sees it, when the lock stops them. */
    private static final String OPENING_A_SESSION = "insert into session";

    private static final String ROTATING = "update session set generation";
    private static final String ENDING_A_SESSION = "delete from session";
    private static final String REHASHING = "update credential set password_hash = $1 where";
    private static final String REPLACING_THE_PASSWORD = "update credential set password_hash = $1, epoch";
    private static final String ENDING_ALL = "update credential set epoch";
    private static final String LEAVING = "delete from credential";
    private static final String CLAIMING = "insert into claim";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Person person = person();

    /** Connections of its own: requests that wait may hold all those of the service. */
    private DriverManagerDataSource database;

    private JdbcTemplate beside;

    @BeforeEach
    void connect(@Autowired Environment settings) {
        database = new DriverManagerDataSource(
                settings.getRequiredProperty("spring.datasource.url"),
                settings.getRequiredProperty("spring.datasource.username"),
                settings.getRequiredProperty("spring.datasource.password"));
        beside = new JdbcTemplate(database);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    /** The locks of a transaction that changes nothing, until it is closed. */
    private final class Lock implements AutoCloseable {

        private final Connection connection;

        Lock(String sql, Object... values) throws SQLException {
            connection = database.getConnection();
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.execute();
            }
        }

        void stops(String statement) {
            stops(1, statement);
        }

        void stops(int atLeast, String statement) {
            await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> stopped(statement) >= atLeast);
        }

        private int stopped(String statement) {
            return beside.queryForList(
                            "select 1 from pg_stat_activity where datname = current_database()"
                                    + " and wait_event_type = 'Lock' and strpos(query, ?) > 0",
                            Integer.class,
                            statement)
                    .size();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    private Lock credentialOf(long user) throws SQLException {
        return new Lock("select from credential where user_id = ? for update", user);
    }

    private Lock sessionOf(String access) throws SQLException {
        return new Lock(
                "select from session where id = ?::uuid for update",
                claim(access, "sid").asString());
    }

    abstract class SomebodySignedIn {

        String access = "";
        long user;

        @BeforeEach
        void register() throws Exception {
            access = RacesIT.this.register(person);
            user = id(access);
        }
    }

    @Nested
    class SignInAndAChangeOfThePassword extends SomebodySignedIn {

        @Test
        void whoGaveTheOldPasswordIsRefusedOnceTheNewOneIsThere() throws Exception {
            Future<HttpResponse<String>> change;
            Future<HttpResponse<String>> signIn;
            try (Lock lock = credentialOf(user)) {
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
                signIn = begin(() -> signIn(person.email(), OLD));
                lock.stops(OPENING_A_SESSION);
            }
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertThat(signIn.get().statusCode()).isEqualTo(401);
            assertThat(sessions(user)).containsExactly(claim(access, "sid").asString());
        }

        @Test
        void aSessionThatWasJustOpenedWithTheOldPasswordIsEnded() throws Exception {
            Future<HttpResponse<String>> signIn;
            Future<HttpResponse<String>> change;
            try (Lock lock = credentialOf(user)) {
                signIn = begin(() -> signIn(person.email(), OLD));
                lock.stops(OPENING_A_SESSION);
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
            }
            assertThat(signIn.get().statusCode()).isEqualTo(200);
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertIsOver(json.readTree(signIn.get().body()));
            assertThat(write(access)).isEqualTo(200);
            assertThat(sessions(user)).containsExactly(claim(access, "sid").asString());
        }

        @Test
        void aNewPasswordStaysThoughTheOldOneIsHashedAnewJustBefore() throws Exception {
            outdateHash();
            Future<HttpResponse<String>> signIn;
            Future<HttpResponse<String>> change;
            try (Lock lock = credentialOf(user)) {
                signIn = begin(() -> signIn(person.email(), OLD));
                lock.stops(REHASHING);
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
            }
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertOnlyTheNewPasswordCounts(signIn.get());
        }

        @Test
        void aNewPasswordStaysThoughTheOldOneIsHashedAnewJustAfter() throws Exception {
            outdateHash();
            Future<HttpResponse<String>> change;
            Future<HttpResponse<String>> signIn;
            try (Lock lock = credentialOf(user)) {
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
                signIn = begin(() -> signIn(person.email(), OLD));
                lock.stops(REHASHING);
            }
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertThat(signIn.get().statusCode()).isEqualTo(401);
            assertOnlyTheNewPasswordCounts(signIn.get());
        }

        @Test
        void twoWhoSignInWhileTheirHashIsMadeAnewBothComeIn() throws Exception {
            outdateHash();
            Future<HttpResponse<String>> one;
            Future<HttpResponse<String>> other;
            try (Lock lock = credentialOf(user)) {
                one = begin(() -> signIn(person.email(), OLD));
                other = begin(() -> signIn(person.email(), OLD));
                lock.stops(2, REHASHING);
            }
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(other.get().statusCode()).isEqualTo(200);
        }

        private void outdateHash() {
            jdbc.update(
                    "update credential set password_hash = ? where user_id = ?",
                    new Argon2PasswordEncoder(16, 32, 1, 1024, 2).encode(OLD),
                    user);
        }

        private void assertOnlyTheNewPasswordCounts(HttpResponse<String> oldSignIn) throws Exception {
            if (oldSignIn.statusCode() == 200) {
                assertIsOver(json.readTree(oldSignIn.body()));
            }
            assertThat(signIn(person.email(), OLD).statusCode()).isEqualTo(401);
            assertThat(signIn(person.email(), NEW).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class SignInAndLeaving extends SomebodySignedIn {

        @Test
        void aSessionThatWasJustOpenedEndsToo() throws Exception {
            Future<HttpResponse<String>> leaving;
            HttpResponse<String> signIn;
            // leaving waits for it, signing in does not
            try (Lock lock = new Lock("select from credential where user_id = ? for share", user)) {
                leaving = begin(() -> send("DELETE", "user/", "", access));
                lock.stops(LEAVING);
                signIn = signIn(person.email(), OLD);
            }
            assertThat(signIn.statusCode()).isEqualTo(200);
            assertThat(leaving.get().statusCode()).isEqualTo(200);
            assertIsOver(json.readTree(signIn.body()));
            assertThat(sessions(user)).isEmpty();
        }

        @Test
        void nothingStaysOfWhereTheSignInCameFrom() throws Exception {
            byte[] address = jdbc.queryForList(
                            "delete from known_address where user_id = ? returning address", byte[].class, user)
                    .getFirst();
            Future<HttpResponse<String>> signIn;
            Future<HttpResponse<String>> leaving;
            try (Lock lock = new Lock(
                    "insert into known_address (user_id, address, used_at) values (?, ?, now())", user, address)) {
                signIn = begin(() -> signIn(person.email(), OLD));
                lock.stops("insert into known_address");
                leaving = begin(() -> send("DELETE", "user/", "", access));
                lock.stops(LEAVING);
            }
            assertThat(signIn.get().statusCode()).isEqualTo(200);
            assertThat(leaving.get().statusCode()).isEqualTo(200);
            assertThat(jdbc.queryForList("select 1 from known_address where user_id = ?", Integer.class, user))
                    .isEmpty();
        }
    }

    @Nested
    class RefreshAndSigningOut {

        private String access;
        private String refresh;

        @BeforeEach
        void signIn() throws Exception {
            register(person);
            JsonNode tokens = tokens(person);
            access = tokens.get("access").asString();
            refresh = tokens.get("refresh").asString();
        }

        @ParameterizedTest
        @ValueSource(strings = {"auth/token/revoke", "auth/token/revoke-all"})
        void whatARefreshGaveJustBeforeIsWorthNothing(String signOut) throws Exception {
            Future<HttpResponse<String>> refreshed;
            Future<HttpResponse<String>> signedOut;
            try (Lock lock = sessionOf(access)) {
                refreshed = begin(() -> refreshed(refresh));
                lock.stops(ROTATING);
                signedOut = begin(() -> post(signOut, "", access));
                lock.stops(ENDING_A_SESSION);
            }
            assertThat(refreshed.get().statusCode()).isEqualTo(200);
            assertThat(signedOut.get().statusCode()).isEqualTo(200);
            assertIsOver(json.readTree(refreshed.get().body()));
            assertThat(refreshed(refresh).statusCode()).isEqualTo(401);
            assertThat(write(access)).isEqualTo(401);
        }

        @ParameterizedTest
        @ValueSource(strings = {"auth/token/revoke", "auth/token/revoke-all"})
        void aRefreshJustAfterIsRefused(String signOut) throws Exception {
            Future<HttpResponse<String>> signedOut;
            Future<HttpResponse<String>> refreshed;
            try (Lock lock = sessionOf(access)) {
                signedOut = begin(() -> post(signOut, "", access));
                lock.stops(ENDING_A_SESSION);
                refreshed = begin(() -> refreshed(refresh));
                lock.stops(ROTATING);
            }
            assertThat(signedOut.get().statusCode()).isEqualTo(200);
            assertThat(refreshed.get().statusCode()).isEqualTo(401);
            assertThat(refreshed(refresh).statusCode()).isEqualTo(401);
            assertThat(write(access)).isEqualTo(401);
        }
    }

    @Nested
    class Refresh {

        @Test
        void ofFiftyAtOnceAllGetTheOneSuccessorAndAReuseEndsTheSession() throws Exception {
            String user = register(person);
            String first = tokens(person).get("refresh").asString();
            List<Future<HttpResponse<String>>> all;
            try (Lock lock = new Lock("select from session where user_id = ? for update", id(user))) {
                all = IntStream.range(0, 50)
                        .mapToObj(i -> begin(() -> refreshed(first)))
                        .toList();
                lock.stops(10, ROTATING);
            }
            Set<String> successors = new HashSet<>();
            for (Future<HttpResponse<String>> one : all) {
                assertThat(one.get().statusCode()).isEqualTo(200);
                successors.add(json.readTree(one.get().body()).get("refresh").asString());
            }
            assertThat(successors).hasSize(1);
            JsonNode third = refresh(successors.iterator().next());
            assertThat(refreshed(first).statusCode()).isEqualTo(401);
            assertIsOver(third);
            assertThat(write(user)).as("another session").isEqualTo(200);
        }

        @Test
        void aLateRepeatBeforeTheNextTokenIsUsedEndsTheSession() throws Exception {
            register(person);
            JsonNode first = tokens(person);
            JsonNode second = refreshedLongAgo(first);
            Future<HttpResponse<String>> repeat;
            Future<HttpResponse<String>> use;
            try (Lock lock = sessionOf(first.get("access").asString())) {
                repeat = begin(() -> refreshed(first.get("refresh").asString()));
                lock.stops(1, ROTATING);
                use = begin(() -> refreshed(second.get("refresh").asString()));
                lock.stops(2, ROTATING);
            }
            assertThat(repeat.get().statusCode()).isEqualTo(200);
            assertThat(use.get().statusCode()).isEqualTo(401);
            assertIsOver(json.readTree(repeat.get().body()));
        }

        @Test
        void aLateRepeatAfterTheNextTokenWasUsedEndsTheSession() throws Exception {
            register(person);
            JsonNode first = tokens(person);
            JsonNode second = refreshedLongAgo(first);
            Future<HttpResponse<String>> repeat;
            Future<HttpResponse<String>> use;
            try (Lock lock = sessionOf(first.get("access").asString())) {
                use = begin(() -> refreshed(second.get("refresh").asString()));
                lock.stops(1, ROTATING);
                repeat = begin(() -> refreshed(first.get("refresh").asString()));
                lock.stops(2, ROTATING);
            }
            assertThat(use.get().statusCode()).isEqualTo(200);
            assertThat(repeat.get().statusCode()).isEqualTo(401);
            assertIsOver(json.readTree(use.get().body()));
        }

        private JsonNode refreshedLongAgo(JsonNode tokens) throws Exception {
            JsonNode next = refresh(tokens.get("refresh").asString());
            jdbc.update(
                    "update session set rotated_at = rotated_at - interval '1 hour' where id = ?::uuid",
                    claim(tokens.get("access").asString(), "sid").asString());
            return next;
        }
    }

    @Nested
    class ExpiredSessions {

        @Autowired
        private List<ScheduledTaskHolder> scheduled;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "expires_at = now() - interval '1 second'",
                    "rotated_at = rotated_at - interval '7 days 1 minute'"
                })
        void areRefusedAndSwept(String expired) throws Exception {
            String access = register(person);
            JsonNode tokens = tokens(person);
            String session = claim(tokens.get("access").asString(), "sid").asString();
            jdbc.update("update session set " + expired + " where id = ?::uuid", session);

            assertThat(refreshed(tokens.get("refresh").asString()).statusCode()).isEqualTo(401);
            assertThat(sessions(id(access))).contains(session);
            sweep();
            assertThat(sessions(id(access)))
                    .containsExactly(claim(access, "sid").asString());
            assertIsOver(tokens);
        }

        private void sweep() {
            scheduled.stream()
                    .flatMap(holder -> holder.getScheduledTasks().stream())
                    .map(ScheduledTask::getTask)
                    .filter(task -> task.toString().endsWith(".Sessions.clean"))
                    .findFirst()
                    .orElseThrow()
                    .getRunnable()
                    .run();
        }
    }

    @Nested
    class SwappedEmails {

        private final Person other = person();
        private String access;
        private String otherAccess;

        @BeforeEach
        void register() throws Exception {
            access = RacesIT.this.register(person);
            otherAccess = RacesIT.this.register(other);
        }

        @Test
        void neitherGetsAnEmailThatTheOtherStillHas() throws Exception {
            Future<HttpResponse<String>> one;
            Future<HttpResponse<String>> two;
            try (Lock lock = claims("EMAIL")) {
                one = begin(() -> change(access, email(other.email())));
                two = begin(() -> change(otherAccess, email(person.email())));
                lock.stops(2, CLAIMING);
            }
            assertNothingChanged(one.get());
            assertNothingChanged(two.get());
            assertBelongs(person.email(), access);
            assertBelongs(other.email(), otherAccess);

            assertChanged(change(access, email(person().email())));
            assertChanged(change(otherAccess, email(person.email())));
            assertChanged(change(access, email(other.email())));
            assertBelongs(other.email(), access);
            assertBelongs(person.email(), otherAccess);
        }

        /** The first has taken a new email and given its own back, which the second waits for; both want the other's number. */
        @Test
        void anEmailGoesToWhoWaitsForItAndNoNumberIsLost() throws Exception {
            String fresh = person().email();
            Future<HttpResponse<String>> one;
            Future<HttpResponse<String>> two;
            try (Lock lock = claims("NUMBER")) {
                one = begin(() -> change(access, email(fresh) + "," + number(other.number())));
                lock.stops(1, CLAIMING);
                two = begin(() -> change(otherAccess, email(person.email()) + "," + number(person.number())));
                lock.stops(2, CLAIMING);
            }
            assertOnlyTheEmailChanged(one.get());
            assertOnlyTheEmailChanged(two.get());
            assertBelongs(fresh, access);
            assertBelongs(person.email(), otherAccess);
            assertChanged(change(access, email(other.email())));
            assertBelongs(other.email(), access);
        }

        /** Each has taken a new email and given its own back, and both want the other's number. */
        @Test
        void whoHoldsWhatTheyTookAndWaitsForMoreStopsNobody() throws Exception {
            String fresh = person().email();
            String otherFresh = person().email();
            Future<HttpResponse<String>> one;
            Future<HttpResponse<String>> two;
            try (Lock lock = claims("NUMBER")) {
                one = begin(() -> change(access, email(fresh) + "," + number(other.number())));
                two = begin(() -> change(otherAccess, email(otherFresh) + "," + number(person.number())));
                lock.stops(2, CLAIMING);
            }
            assertOnlyTheEmailChanged(one.get());
            assertOnlyTheEmailChanged(two.get());
            assertChanged(change(access, email(other.email())));
            assertChanged(change(otherAccess, email(person.email())));
            assertBelongs(other.email(), access);
            assertBelongs(person.email(), otherAccess);
        }

        /** Whoever wants the claims has to wait whether they become free. */
        private Lock claims(String kind) throws SQLException {
            return new Lock(
                    "delete from claim where kind = ? and user_id in (?, ?)", kind, id(access), id(otherAccess));
        }

        private static String email(String email) {
            return "\"email\":\"" + email + "\"";
        }

        private static String number(String number) {
            return "\"number\":\"" + number + "\"";
        }

        private HttpResponse<String> change(String access, String fields) throws Exception {
            return send("PATCH", "user/", "{" + fields + "}", access);
        }

        private static void assertChanged(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
        }

        private static void assertNothingChanged(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("nothing-changed", "taken");
        }

        private void assertOnlyTheEmailChanged(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = json.readTree(answer.body());
            assertThat(body.get("success").propertyNames()).containsExactly("Email");
            assertThat(body.get("error").propertyNames()).containsExactly("Number");
        }

        private void assertBelongs(String email, String access) throws Exception {
            HttpResponse<String> signedIn = signIn(email, OLD);
            assertThat(signedIn.statusCode()).isEqualTo(200);
            assertThat(id(json.readTree(signedIn.body()).get("access").asString()))
                    .isEqualTo(id(access));
        }
    }

    /** Two processes on one PostgreSQL, each with users in its memory. */
    @Nested
    class TwoProcesses {

        private static ConfigurableApplicationContext there;
        private final HttpClient http = HttpClient.newHttpClient();
        private String access;

        @BeforeAll
        static void startAnother(@Autowired Environment settings) {
            Stream<String> own =
                    Stream.of("--spring.config.name=web,command", "--server.port=0", "--management.server.port=0");
            Stream<String> same = Stream.of(
                            "spring.datasource.url",
                            "spring.datasource.username",
                            "spring.datasource.password",
                            "spring.flyway.user",
                            "spring.flyway.password",
                            "spring.kafka.bootstrap-servers",
                            "users.master-key",
                            "users.hash-key",
                            "users.refresh-key",
                            "users.confirmation.key",
                            "users.token.signing-key")
                    .map(name -> "--" + name + "=" + settings.getRequiredProperty(name));
            there = SpringApplication.run(
                    CommandServiceApplication.class, Stream.concat(own, same).toArray(String[]::new));
        }

        @AfterAll
        static void stopTheOther() {
            there.close();
        }

        @BeforeEach
        void bothKnowThePerson() throws Exception {
            access = register(person);
            assertThat(there("PATCH", "user/", "{\"surname\":\"There\"}").statusCode())
                    .isEqualTo(200);
            assertThat(write(access)).isEqualTo(200);
        }

        @Test
        void aCodeThatOneWasAskedForIsKnownToTheOther() throws Exception {
            assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
            assertThat(there("POST", "accept-email/", "{\"code\":\"" + code() + "\"}")
                            .body())
                    .contains("Successfully confirmed");
        }

        @Test
        void anEntityTagIsComparedWithWhatTheOtherChanged() throws Exception {
            String seen = "\"2\"";
            assertThat(send("PATCH", "user/", "{\"surname\":\"Here\"}", access, seen)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(there("PATCH", "user/", "{}", seen).statusCode()).isEqualTo(412);
            assertThat(there("PATCH", "user/", "{\"surname\":\"Now\"}", "\"3\"").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void signingOutEverywhereWaitsForAChangeAtTheOther() throws Exception {
            Future<HttpResponse<String>> change;
            Future<HttpResponse<String>> signedOut;
            try (Lock lock = credentialOf(id(access))) {
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
                signedOut = begin(() -> there("POST", "auth/token/revoke-all", ""));
                lock.stops(ENDING_ALL);
            }
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertThat(signedOut.get().statusCode()).isEqualTo(200);
            assertThat(write(access)).isEqualTo(401);
            assertThat(types(access)).endsWith("user.sessions-ended.v1");
        }

        @Test
        void aReusedRefreshTokenEndsTheSessionThoughTheOtherChangesThePersonMeanwhile() throws Exception {
            JsonNode tokens = tokens(person);
            String first = tokens.get("refresh").asString();
            JsonNode third = refresh(refresh(first).get("refresh").asString());
            Future<HttpResponse<String>> reuse;
            try (Lock lock = sessionOf(tokens.get("access").asString())) {
                reuse = begin(() -> there("POST", "auth/token/refresh", "{\"refresh\":\"" + first + "\"}"));
                lock.stops(ENDING_A_SESSION);
                assertThat(send("PATCH", "user/", "{\"surname\":\"Here\"}", access)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(reuse.get().statusCode()).isEqualTo(401);
            assertIsOver(third);
        }

        @Test
        void aSessionThatHasJustEndedSetsNoPassword() throws Exception {
            Future<HttpResponse<String>> signedOut;
            Future<HttpResponse<String>> change;
            try (Lock lock = credentialOf(id(access))) {
                signedOut = begin(() -> there("POST", "auth/token/revoke-all", ""));
                lock.stops(ENDING_ALL);
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
            }
            assertThat(signedOut.get().statusCode()).isEqualTo(200);
            assertThat(change.get().statusCode()).isEqualTo(400);
            assertThat(signIn(person.email(), OLD).statusCode()).isEqualTo(200);
        }

        @Test
        void ofTwoNewPasswordsAtOnceTheFirstCounts() throws Exception {
            Future<HttpResponse<String>> change;
            Future<HttpResponse<String>> rival;
            try (Lock lock = credentialOf(id(access))) {
                change = begin(() -> changePassword(access));
                lock.stops(REPLACING_THE_PASSWORD);
                rival = begin(() -> there("PATCH", "user/", "{\"password\":\"yet another 1\"}"));
                lock.stops(2, REPLACING_THE_PASSWORD);
            }
            assertThat(change.get().statusCode()).isEqualTo(200);
            assertThat(rival.get().statusCode()).isEqualTo(400);
            assertThat(signIn(person.email(), NEW).statusCode()).isEqualTo(200);
        }

        private String code() {
            String request = beside.queryForObject(
                    "select payload->>'request' from domain_event_entry where aggregate_identifier = ?"
                            + " and payload_type = 'user.email-confirmation-requested.v1'",
                    String.class,
                    claim(access, "sub").asString());
            return new ConfirmationCode(new byte[32])
                    .derive(Purpose.EMAIL, id(access), person.email(), String.valueOf(request));
        }

        private HttpResponse<String> there(String method, String path, String body)
                throws IOException, InterruptedException {
            return there(method, path, body, "*");
        }

        private HttpResponse<String> there(String method, String path, String body, String ifMatch)
                throws IOException, InterruptedException {
            String port = there.getEnvironment().getRequiredProperty("local.server.port");
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users/" + path))
                            .headers("Content-Type", "application/json", "If-Match", ifMatch)
                            .header("Authorization", "Bearer " + access)
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private Future<HttpResponse<String>> begin(Callable<HttpResponse<String>> request) {
        return threads.submit(request);
    }

    private HttpResponse<String> signIn(String email, String password) throws IOException, InterruptedException {
        return post("auth/token/", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password), "");
    }

    private HttpResponse<String> changePassword(String access) throws IOException, InterruptedException {
        return send("PATCH", "user/", "{\"password\":\"" + NEW + "\"}", access);
    }

    private HttpResponse<String> refreshed(String token) throws IOException, InterruptedException {
        return post("auth/token/refresh", "{\"refresh\":\"" + token + "\"}", "");
    }

    private int write(String access) throws IOException, InterruptedException {
        return send("PATCH", "user/", "{}", access).statusCode();
    }

    private long id(String access) {
        return claim(access, "sub").asLong();
    }

    private List<String> sessions(long user) {
        return beside.queryForList("select id::text from session where user_id = ?", String.class, user);
    }

    private void assertIsOver(JsonNode tokens) throws Exception {
        assertThat(refreshed(tokens.get("refresh").asString()).statusCode()).isEqualTo(401);
        assertThat(write(tokens.get("access").asString())).isEqualTo(401);
    }
}
