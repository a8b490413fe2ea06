import app.users.embedded.DocumentServer;
import app.users.events.Profile;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.bson.Document;

/**
 * Reads pages of the list of executors from the embedded MongoDB, or from the one whose address is given, as its users
 * grow, and prints a Markdown table. Needs the libraries of a built {@code ./run}.
 */
final class Executors {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PAGE = 101;
    private static final int WARM_UP = 2_000;
    private static final int PAGES = 2_000;

    private Executors() {}

    public static void main(String[] arguments) {
        System.out.println("| users | documents looked at a page | p50 ms | p90 ms | p99 ms |\n|---|---|---|---|---|");
        if (arguments.length > 0) {
            measure(arguments[0]);
            return;
        }
        try (DocumentServer server = DocumentServer.start(0)) {
            measure(server.uri());
        }
    }

    private static void measure(String uri) {
        try (MongoClient mongo = MongoClients.create(uri)) {
            MongoDatabase database = mongo.getDatabase("benchmark_executors");
            database.drop();
            UserViews views = new UserViews(database);
            views.prepare();
            long users = 0;
            for (long wanted : new long[] {1_000, 10_000, 100_000}) {
                register(views, users + 1, wanted);
                users = wanted;
                pages(views, users, WARM_UP);
                System.out.println(row(users, lookedAt(database, users / 2), pages(views, users, PAGES)));
            }
            database.drop();
        }
    }

    /** Nanoseconds of each page, from a random place in the list. */
    private static long[] pages(UserViews views, long users, int count) {
        SplittableRandom random = new SplittableRandom(1);
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long after = random.nextLong(users - 2 * PAGE);
            long start = System.nanoTime();
            List<UserView> page = views.executors(after, PAGE);
            nanos[i] = System.nanoTime() - start;
            if (page.size() != PAGE || page.getFirst().id() <= after) {
                throw new IllegalStateException("not the page after " + after);
            }
        }
        return nanos;
    }

    /** The same query as the views make, explained. */
    private static int lookedAt(MongoDatabase database, long after) {
        return database.getCollection("users")
                .find(Filters.and(Filters.eq("listed", true), Filters.gt("_id", after)))
                .sort(Sorts.ascending("listed", "_id"))
                .limit(PAGE)
                .explain(ExplainVerbosity.EXECUTION_STATS)
                .get("executionStats", Document.class)
                .getInteger("totalDocsExamined");
    }

    private static void register(UserViews views, long first, long last) {
        for (long from = first; from <= last; from += 1_000) {
            views.save(LongStream.rangeClosed(from, Math.min(last, from + 999))
                    .mapToObj(Executors::view)
                    .toList());
        }
    }

    /** Every tenth is no executor. */
    private static UserView view(long id) {
        Profile profile = new Profile(
                "Ivanov", "Ivan", "Ivanovich", "12 Main Street, Springfield", "u" + id + "@bench.example",
                "+79967348137", true, false, id % 10 != 0);
        return new UserView(
                id, 1, 1, profile, THEN, THEN, 0, null, List.of(), 0, null, null, false, null);
    }

    private static String row(long users, int lookedAt, long[] nanos) {
        Arrays.sort(nanos);
        return "| %d | %d | %.2f | %.2f | %.2f |".formatted(
                users, lookedAt, millisAt(nanos, 50), millisAt(nanos, 90), millisAt(nanos, 99));
    }

    private static double millisAt(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100] / 1e6;
    }
}
