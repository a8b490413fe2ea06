package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Guessing is slow and floods are refused, and nobody is shut out by a stranger. Clients come from many loopback addresses. */
class ThrottleIT extends RunningCommandService {

    private static final String HOME = "127.0.0.1";

    @Value("${local.server.port}")
    private int port;

    private final Person person = person();

    @Autowired
    private PlatformTransactionManager transactions;

    /** Security line 5. */
    @Test
    void theSixthWrongPasswordHasToWait() throws Exception {
        register(person);
        assertThat(wrongFrom("127.1.0.1", person.email(), 6)).containsExactly(401, 401, 401, 401, 401, 429);
        HttpResponse<String> throttled = signIn("127.1.0.2", person.email(), "user1user1");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
    }

    /** Security line 5: the holder of a stolen token can neither guess further nor lock the owner out. */
    @Test
    void theSixthWrongCurrentPasswordOfASessionHasToWait() throws Exception {
        String access = register(person);
        String wrong = "{\"password\":\"blue kettle 47\",\"current_password\":\"a guess\"}";
        for (int i = 0; i < 5; i++) {
            assertThat(send("PATCH", "user/", wrong, access).statusCode()).isEqualTo(400);
        }
        HttpResponse<String> throttled = send("PATCH", "user/", wrong.replace("a guess", "user1user1"), access);
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(signIn("127.1.0.9", person.email(), "user1user1").statusCode())
                .isEqualTo(200);
    }

    /** Security line 5: tries that are under way count, and those that are too many wait no longer than others. */
    @Test
    void ofManyWrongCurrentPasswordsAtOnceFiveAreCompared() throws Exception {
        String access = register(person);
        String wrong = "{\"password\":\"blue kettle 47\",\"current_password\":\"a guess\"}";
        List<HttpResponse<String>> answers = atOnce(50, i -> () -> send("PATCH", "user/", wrong, access));
        assertThat(answers.stream().map(HttpResponse::statusCode)).isSubsetOf(400, 429);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 400).hasSizeBetween(1, 5);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer -> assertThat(
                                answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 60L));
    }

    /** Security line 5: 429 tells as little as 401. */
    @Test
    void whoDoesNotExistIsThrottledAlike() throws Exception {
        String nobody = person.email();
        assertThat(wrongFrom("127.1.1.1", nobody, 7)).containsExactly(401, 401, 401, 401, 401, 429, 429);
    }

    /** Security line 5. */
    @Test
    void onlyTheRightPasswordMakesWrongOnesForgotten() throws Exception {
        register(person);
        assertThat(wrongFrom("127.1.2.1", person.number(), 4)).containsOnly(401);
        assertThat(wrongFrom("127.1.2.1", person.email(), 1)).containsExactly(401);
        assertThat(wrongFrom("127.1.2.1", person.email(), 1)).containsExactly(429);

        assertThat(wrongFrom(HOME, person.email(), 4)).containsOnly(401);
        assertThat(signIn(HOME, person.email(), "user1user1").statusCode()).isEqualTo(200);
        assertThat(wrongFrom(HOME, person.email(), 6)).containsExactly(401, 401, 401, 401, 401, 429);
    }

    /** Security line 5: ten thousand strangers guess, the owner comes in at home. */
    @Test
    void aFloodFromManyAddressesIsThrottledThroughoutAndTheOwnerComesIn() throws Exception {
        register(person);
        List<List<Integer>> floods = new ArrayList<>();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Integer>>> strangers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String address = "127.2.3." + (i + 1);
                strangers.add(() -> wrongFrom(address, person.email(), 500));
            }
            for (var flood : threads.invokeAll(strangers)) {
                floods.add(flood.get());
            }
        }
        List<Integer> all = floods.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(10_000).containsOnly(401, 429);
        assertThat(Collections.frequency(all, 401)).isLessThanOrEqualTo(20);
        assertThat(signIn(HOME, person.email(), "user1user1").statusCode()).isEqualTo(200);
        assertThat(signIn("127.2.3.99", person.email(), "user1user1").statusCode())
                .isEqualTo(429);
    }

    /** Security line 5: the budget of an hour is not for one second, and refusals leave one after the other. */
    @Test
    void whatOneAddressMayDoInAnHourItMayNotDoInASecond() throws Exception {
        long begun = System.nanoTime();
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (HttpClient client = from("127.3.0.1")) {
            var calls = IntStream.range(0, 400)
                    // the connection counts, not the address that a client claims
                    .mapToObj(i -> client.sendAsync(claiming("203.0.113." + i % 250), BodyHandlers.ofString()))
                    .toList();
            for (var call : calls) {
                answers.add(call.get());
            }
            assertThat(post(client, "auth/registration/", "{}").statusCode())
                    .as("another door")
                    .isEqualTo(400);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<HttpResponse<String>> refused =
                answers.stream().filter(answer -> answer.statusCode() == 429).toList();
        assertThat(answers.stream().map(HttpResponse::statusCode)).isSubsetOf(400, 429);
        assertThat(answers.size() - refused.size()).isBetween(60, 60 + (int) Math.ceil(60 * seconds));
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).contains("1"));
        assertThat(seconds).isGreaterThan(Math.min(0.02 * (refused.size() - 1), 2));
        try (HttpClient neighbour = from("127.3.0.2")) {
            assertThat(post(neighbour, "auth/token/", "{}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void manyFirstCallsFromOneAddressAtOnceAreAllAnswered() throws Exception {
        try (HttpClient client = from("127.6.0.1")) {
            var answers = new TransactionTemplate(transactions).execute(open -> {
                // the first call waits for the table, the others for the first
                jdbc.execute("lock table throttle in exclusive mode");
                var calls = Stream.generate(
                                () -> client.sendAsync(request("auth/registration/", "{}"), BodyHandlers.ofString()))
                        .limit(32)
                        .toList();
                await().pollDelay(Duration.ofMillis(500))
                        .atMost(Duration.ofSeconds(4))
                        .until(this::somebodyWaits);
                return calls;
            });
            for (var answer : Objects.requireNonNull(answers)) {
                assertThat(answer.get().statusCode()).isEqualTo(400);
            }
        }
    }

    private boolean somebodyWaits() {
        return !jdbc.queryForList("select 1 from pg_locks where not granted", Integer.class)
                .isEmpty();
    }

    /** Security line 5: an address is only what a trusted proxy, or the connection itself, says. */
    @Test
    void onlyATrustedProxyTellsWhoItsClientIs() throws Exception {
        register(person);
        assertThat(addressesAfterSignIn(HOME)).contains("203.0.113.7");
        assertThat(addressesAfterSignIn("127.5.0.1")).contains("127.5.0.1").doesNotContain("203.0.113.8");
    }

    private String addressesAfterSignIn(String from) throws Exception {
        String claimed = from.equals(HOME) ? "203.0.113.7" : "203.0.113.8";
        try (HttpClient client = from(from)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users/auth/token/"))
                    .headers("Content-Type", "application/json", "X-Forwarded-For", claimed)
                    .POST(BodyPublishers.ofString("{\"email\":\"" + person.email() + "\",\"password\":\"user1user1\"}"))
                    .build();
            String access = json.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .get("access")
                    .asString();
            return send("GET", "auth/sessions/", "", access).body();
        }
    }

    /** Security line 5. */
    @Test
    void oneUserMayChangeSoOftenAndOthersAreNotConcerned() throws Exception {
        register(person);
        String access = signInHere(person);
        HttpResponse<String> answer = send("PATCH", "user/", "{}", access);
        int changes = 0;
        while (answer.statusCode() == 200 && changes < 2_000) {
            changes++;
            answer = send("PATCH", "user/", "{}", access);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        // five a second come back
        assertThat(changes).isBetween(300, 1_000);

        long begun = System.nanoTime();
        List<Integer> more =
                atOnce(100, i -> () -> send("PATCH", "user/", "{}", access).statusCode());
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(more).contains(429).isSubsetOf(200, 429);
        assertThat(seconds)
                .as("refusals leave one after the other")
                .isGreaterThan(0.02 * (Collections.frequency(more, 429) - 1));

        Person other = person();
        register(other);
        assertThat(send("PATCH", "user/", "{}", signInHere(other)).statusCode()).isEqualTo(200);
    }

    /** Security line 40: a common password is tried for many people. */
    @Test
    void onePasswordForManyPeopleFromOneNetworkIsThrottled() throws Exception {
        register(person);
        int wrong = 0;
        HttpResponse<String> answer = signIn("127.9.0.1", person().email(), "user1user1");
        while (answer.statusCode() == 401 && wrong < 400) {
            wrong++;
            answer = signIn("127.9.0.1", person().email(), "user1user1");
            if (answer.statusCode() == 429
                    && answer.headers().firstValueAsLong("Retry-After").orElse(0) <= 1) {
                // more than sixty in a second
                answer = signIn("127.9.0.1", person().email(), "user1user1");
            }
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(wrong).isBetween(300, 320);
        assertThat(signIn("127.9.0.2", person.email(), "user1user1").statusCode())
                .isEqualTo(200);
        assertThat(signIn(HOME, person.email(), "user1user1").statusCode())
                .as("where the person is known")
                .isEqualTo(200);
    }

    /** Security line 40: registrations tell which emails are taken. */
    @Test
    void aNetworkLearnsOfOnlySoManyThatTheyAreTaken() throws Exception {
        register(person);
        String probe = person.body().replace(person.number(), person().number());
        try (HttpClient prober = from("127.9.1.1")) {
            int answers = 0;
            int last = 409;
            while (last == 409 && answers < 300) {
                last = post(prober, "auth/registration/", probe).statusCode();
                answers++;
            }
            assertThat(last).isEqualTo(429);
            // 200 an hour: another one every 18 s, which so many answers may take on a busy machine
            assertThat(answers).isGreaterThan(200);
        }
        try (HttpClient neighbour = from("127.9.1.2")) {
            assertThat(post(neighbour, "auth/registration/", person().body()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aUserChangesAddressesOnlySoOftenADay() throws Exception {
        register(person);
        String access = signInHere(person);
        for (int i = 0; i < 10; i++) {
            assertThat(changeNumber(access, person().number()).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> answer = changeNumber(access, person().number());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(80_000L, 86_400L);
        assertThat(send("PATCH", "user/", "{\"name\":\"N2\"}", access).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> changeNumber(String access, String number) throws Exception {
        return send("PATCH", "user/", "{\"number\":\"" + number + "\"}", access);
    }

    private String signInHere(Person who) throws Exception {
        return json.readTree(signIn("127.5.0.1", who.email(), "user1user1").body())
                .get("access")
                .asString();
    }

    /** Security line 39. */
    @Test
    void aNetworkGetsThirtyTextMessagesAnHour() throws Exception {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            people.add(register(person()));
        }
        int sent = 0;
        HttpResponse<String> answer;
        try (HttpClient client = from("127.7.0.1")) {
            answer = textMessage(client, people.getFirst());
            while (answer.statusCode() == 200 && sent < 39) {
                sent++;
                answer = textMessage(client, people.get(sent));
            }
        }
        // one comes back every two minutes
        assertThat(sent).isBetween(30, 35);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("urn:users:problem:throttled");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 120L);
        assertThat(types(people.get(sent))).containsExactly("user.registered.v1");
        try (HttpClient neighbour = from("127.7.0.2")) {
            assertThat(textMessage(neighbour, people.get(sent)).statusCode()).isEqualTo(200);
        }
    }

    /** Security line 39: what sends nothing spends nothing, here a second request within the minute. */
    @Test
    void refusedRequestsForATextMessageSpendNothing() throws Exception {
        String one = register(person());
        String other = register(person());
        try (HttpClient client = from("127.7.1.1")) {
            assertThat(textMessage(client, one).statusCode()).isEqualTo(200);
            for (int i = 0; i < 40; i++) {
                assertThat(textMessage(client, one).body()).contains("urn:users:problem:too-soon");
            }
            assertThat(textMessage(client, other).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> textMessage(HttpClient client, String access)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(request("verify-number/", ""), (name, value) -> true)
                .header("Authorization", "Bearer " + access)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void theTablesTellNeitherPeopleNorAddresses() throws Exception {
        register(person);
        wrongFrom("127.4.0.1", person.email(), 1);
        List<String> rows = new ArrayList<>(jdbc.queryForList("select t::text from throttle t", String.class));
        rows.addAll(jdbc.queryForList("select k::text from known_address k", String.class));
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains("127.") || row.contains(person.email()));
    }

    private List<Integer> wrongFrom(String address, String identifier, int times) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (HttpClient client = from(address)) {
            for (int i = 0; i < times; i++) {
                statuses.add(signIn(client, identifier, "wrong password " + i).statusCode());
            }
        }
        return statuses;
    }

    private HttpResponse<String> signIn(String address, String identifier, String password) throws Exception {
        try (HttpClient client = from(address)) {
            return signIn(client, identifier, password);
        }
    }

    private HttpResponse<String> signIn(HttpClient client, String identifier, String password)
            throws IOException, InterruptedException {
        String kind = identifier.startsWith("+") ? "number" : "email";
        return post(client, "auth/token/", "{\"%s\":\"%s\",\"password\":\"%s\"}".formatted(kind, identifier, password));
    }

    private HttpResponse<String> post(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest claiming(String address) {
        return HttpRequest.newBuilder(request("auth/token/", "{}"), (name, value) -> true)
                .header("X-Forwarded-For", address)
                .build();
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users/" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpClient from(String address) throws IOException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(address))
                .build();
    }
}
