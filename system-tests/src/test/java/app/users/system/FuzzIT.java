package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.EventStore.Row;
import app.users.system.Nonsense.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/**
 * Thousands of requests that nobody should send: each gets a clean answer soon, and what is refused changes nothing. Run it
 * longer, or again, with {@code -Dfuzz.requests=100000 -Dfuzz.seed=1}.
 */
@Isolated
@EachForm
class FuzzIT {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 8_000) / Form.values().length;
    private static final long SEED =
            Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private static final int WORKERS = 8;
    private static final long SLOWEST_MILLIS = 20_000;
    /** Less than 1 KB for each request of the second half. */
    private static final long MEGABYTES = Math.max(4, REQUESTS / 2 / 1024);

    /** Nothing in here is part of a request, so an answer that has it tells of what lies behind. */
    private static final Pattern INSIDE = Pattern.compile(
            "Exception|\\bat [a-z]+\\.|\\.java\\b|\\b(java|jakarta|org|com|tools|app)\\.[a-z]+\\.|[Tt]omcat|[Pp]ostgres|SQL|[Mm]ongo|[Kk]afka"
                    + "|[Jj]ackson|Spring|Axon|select |insert into|127\\.0\\.0\\.1|localhost|/home/|/root|/tmp|<html",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final RunningSystem system;
    private final EventStore store;
    private final Set<Integer> seen = new ConcurrentSkipListSet<>();

    FuzzIT(Form form, Systems systems) {
        system = systems.get(form);
        store = new EventStore(system.eventStore());
    }

    @Test
    void noRequestBreaksAnything() throws Exception {
        System.out.println("fuzz.seed=" + SEED);
        fuzz(SEED + 1, REQUESTS / 2);
        long before = LiveHeap.megabytes(system.pids());
        fuzz(SEED, REQUESTS / 2);
        assertThat(seen).as("how far the requests came").contains(200, 204, 400, 401, 404, 405, 406, 413, 415, 431);
        assertThat(LiveHeap.megabytes(system.pids()))
                .as("MB that live after it, %s before", before)
                .isLessThan(before + MEGABYTES);
    }

    private void fuzz(long seed, int requests) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Worker>> workers = IntStream.range(0, WORKERS)
                    .mapToObj(i -> executor.submit(() -> new Worker(seed * WORKERS + i).run(requests / WORKERS)))
                    .toList();
            for (Future<Worker> worker : new ArrayList<>(workers)) {
                worker.get();
            }
        }
    }

    /** One attacker with a user of their own, whose state is watched. */
    private final class Worker {

        /** What a refused request must leave as it is; failed tries are recorded on purpose. */
        private record State(List<Row> events, String etag, String profile) {}

        private final Nonsense nonsense;
        private final Wire wire = new Wire(system.doors().getFirst());
        private Client user = system.client();
        private long id;
        private State state = new State(List.of(), "", "");

        Worker(long seed) {
            nonsense = new Nonsense(seed);
        }

        Worker run(int requests) throws IOException {
            enter();
            for (int i = 0; i < requests; i++) {
                Request request = nonsense.next(access());
                long start = System.nanoTime();
                Answer answer = wire.send(request.bytes());
                long millis = (System.nanoTime() - start) / 1_000_000;
                assertThat(millis)
                        .as("seed %s, ms for %s", SEED, answer.request())
                        .isLessThan(SLOWEST_MILLIS);
                checkClean(request, answer);
                seen.add(answer.status());
                if (request.authorized() && !request.method().matches("GET|HEAD|OPTIONS")) {
                    checkState(answer);
                }
            }
            return this;
        }

        private void checkState(Answer answer) {
            if (answer.status() / 100 == 4) {
                assertThat(state()).as("seed %s, state after %s", SEED, answer).isEqualTo(state);
            } else if (user.get("user/").status() == 200) {
                state = state();
            } else {
                enter();
            }
        }

        private void enter() {
            Person person = Person.next();
            system.client().register(person).expect(201);
            user = system.client().signIn(person);
            id = user.id();
            state = state();
        }

        private String access() {
            return String.valueOf(user.authorization()).substring("Bearer ".length());
        }

        private State state() {
            Answer profile = user.get("user/").expect(200);
            List<Row> events = store.eventsOf(id).stream()
                    .filter(row -> !row.type().contains("-failed."))
                    .map(row -> new Row(0, row.type()))
                    .toList();
            return new State(events, profile.headers().firstValue("ETag").orElse(""), profile.body());
        }
    }

    private static void checkClean(Request request, Answer answer) {
        String what = "seed " + SEED + ", " + answer;
        assertThat(answer.status()).as(what).isBetween(200, 499);
        assertThat(answer.headers().map().keySet())
                .as(what)
                .noneMatch(name -> name.equals("server") || name.startsWith("access-control"));
        if (answer.status() >= 400) {
            assertThat(INSIDE.matcher(answer.headers().map() + answer.body())
                            .results()
                            .map(r -> r.group()))
                    .as(what)
                    .isEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).as(what).contains("application/problem+json");
            if (!request.method().equals("HEAD")) {
                JsonNode problem = answer.json();
                assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
                assertThat(problem.path("type").asString()).as(what).startsWith("urn:users:problem:");
                assertThat(problem.path("title").asString()).as(what).isNotBlank();
                assertThat(problem.path("detail").asString()).as(what).isNotBlank();
            }
        }
    }
}
