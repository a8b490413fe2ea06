package app.users.command.store;

import static org.awaitility.Awaitility.await;

import app.users.testservers.TestServers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two processes on one PostgreSQL. */
class AnnouncementsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DriverManagerDataSource database = database();

    @Test
    void whatOneProcessAnnouncesAnotherHears() {
        AtomicInteger heard = new AtomicInteger();
        try (Announcements here = new Announcements(database);
                Announcements there = new Announcements(database)) {
            there.listen(heard::incrementAndGet);
            // the first is for what was missed before listening
            await().atMost(PATIENCE).until(() -> heard.get() >= 1);
            int before = heard.get();
            here.announce();
            await().atMost(PATIENCE).until(() -> heard.get() > before);
        }
    }

    @Test
    void listeningGoesOnAfterItsConnectionWasLost() {
        AtomicInteger heard = new AtomicInteger();
        try (Announcements here = new Announcements(database);
                Announcements there = new Announcements(database)) {
            there.listen(heard::incrementAndGet);
            await().atMost(PATIENCE).until(() -> heard.get() >= 1);
            int connected = heard.get();
            new JdbcTemplate(database)
                    .query(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                    + " where datname = current_database() and query ilike 'listen %'",
                            row -> {});
            await().atMost(PATIENCE).until(() -> heard.get() > connected);
            int again = heard.get();
            here.announce();
            await().atMost(PATIENCE).until(() -> heard.get() > again);
        }
    }

    private static DriverManagerDataSource database() {
        var server = TestServers.postgres();
        return new DriverManagerDataSource(server.jdbcUrl(), server.user(), server.password());
    }
}
