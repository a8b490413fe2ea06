package app.users.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.Profile;
import app.users.testservers.TestServers;
import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of executors in whatever MongoDB the tests have. */
class ExecutorsIT {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final MongoClient MONGO = MongoClients.create(TestServers.mongoUri());
    private static final MongoDatabase DATABASE = MONGO.getDatabase("executors");
    private static final Parked PARKED = new Parked(2, 0, 0, "why", 2);
    private static final UserViews VIEWS = new UserViews(DATABASE);

    /** Of each ten users nine are executors; every hundredth is parked and every thousandth erased. */
    @BeforeAll
    static void fiveThousandUsers() {
        DATABASE.drop();
        VIEWS.prepare();
        save(1, 5_000);
    }

    @AfterAll
    static void drop() {
        DATABASE.drop();
        MONGO.close();
    }

    @Test
    void aPageCostsWhatItShowsHoweverManyUsersThereAre() {
        for (long after : new long[] {0, 500, 2_500, 4_500}) {
            Document explained = VIEWS.executorsAfter(after, 101).explain(ExplainVerbosity.EXECUTION_STATS);
            Document statistics = explained.get("executionStats", Document.class);
            assertThat(statistics.getInteger("nReturned")).isEqualTo(101);
            assertThat(statistics.getInteger("totalDocsExamined")).isBetween(101, 102);
        }
    }

    @Test
    void aPageOfConfirmedOnesCostsWhatItShowsToo() {
        for (long after : new long[] {0, 500, 2_500, 4_000}) {
            Document explained = VIEWS.confirmedExecutorsAfter(after, 101).explain(ExplainVerbosity.EXECUTION_STATS);
            Document statistics = explained.get("executionStats", Document.class);
            assertThat(statistics.getInteger("nReturned")).isEqualTo(101);
            assertThat(statistics.getInteger("totalDocsExamined")).isBetween(101, 102);
        }
    }

    @Test
    void pagesOfConfirmedOnesFollowEachOtherAndHoldEachOnce() {
        List<Long> listed = new ArrayList<>();
        List<UserView> page = VIEWS.confirmedExecutors(0, 100);
        while (!page.isEmpty()) {
            page.forEach(view -> listed.add(view.id()));
            page = VIEWS.confirmedExecutors(page.getLast().id(), 100);
        }
        assertThat(listed)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 5_000)
                        .filter(id -> isListed(id) && isConfirmed(id))
                        .boxed()
                        .toList());
    }

    @Test
    void pagesFollowEachOtherByIdAndHoldEveryExecutorOnce() {
        List<Long> listed = new ArrayList<>();
        List<UserView> page = VIEWS.executors(0, 1000);
        while (!page.isEmpty()) {
            page.forEach(view -> listed.add(view.id()));
            page = VIEWS.executors(page.getLast().id(), 1000);
        }
        assertThat(listed)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 5_000)
                        .filter(ExecutorsIT::isListed)
                        .boxed()
                        .toList());
    }

    @Test
    void theListFollowsChanges() {
        long id = 5_001;
        VIEWS.save(List.of(view(id, 1, true, false, null)));
        assertThat(VIEWS.executors(id - 1, 10)).hasSize(1);
        VIEWS.save(List.of(view(id, 2, false, false, null)));
        assertThat(VIEWS.executors(id - 1, 10)).isEmpty();
        VIEWS.save(List.of(view(id, 3, true, false, null)));
        assertThat(VIEWS.executors(id - 1, 10)).hasSize(1);
        VIEWS.save(List.of(view(id, 3, true, false, PARKED)));
        assertThat(VIEWS.executors(id - 1, 10)).isEmpty();
        VIEWS.save(List.of(view(id, 5, false, true, null)));
        assertThat(VIEWS.executors(id - 1, 10)).isEmpty();
    }

    private static boolean isListed(long id) {
        return id % 10 != 0 && !isParked(id);
    }

    /** Every third. */
    private static boolean isConfirmed(long id) {
        return id % 3 == 0;
    }

    private static boolean isParked(long id) {
        return id % 100 == 1;
    }

    private static void save(long first, long last) {
        List<UserView> views = LongStream.rangeClosed(first, last)
                .mapToObj(id -> view(id, 1, id % 10 != 0, id % 1000 == 0, isParked(id) ? PARKED : null))
                .toList();
        for (int i = 0; i < views.size(); i += 2_000) {
            VIEWS.save(views.subList(i, Math.min(i + 2_000, views.size())));
        }
    }

    private static UserView view(long id, long version, boolean executor, boolean erased, @Nullable Parked parked) {
        return new UserView(
                id,
                version,
                version,
                new Profile("S", "N", "P", "A", "e" + id + "@x.io", "+79967348137", isConfirmed(id), false, executor),
                THEN,
                THEN,
                0,
                null,
                List.of(),
                0,
                null,
                null,
                erased,
                parked);
    }
}
