package app.users.command.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the process that runs the relay, through PostgreSQL, that another process has committed events. A notification
 * inside the writing transaction would make all commits queue for one lock, so it goes out after the commit, one for
 * all commits that happened meanwhile. One that gets lost costs a moment: the relay also looks by itself.
 */
final class Announcements implements AutoCloseable {

    private static final String CHANNEL = "users_events";
    private static final int LISTEN_MILLIS = 5_000;
    private static final int PAUSE_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final DataSource dataSource;
    private final ExecutorService announcing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("announcing").factory());
    private final ExecutorService listening = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("listening").factory());
    private final AtomicBoolean queued = new AtomicBoolean();

    Announcements(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Returns at once; the announcement follows. */
    void announce() {
        if (queued.compareAndSet(false, true)) {
            announcing.execute(() -> {
                queued.set(false);
                send();
            });
        }
    }

    private void send() {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, "notify " + CHANNEL);
        } catch (SQLException e) {
            LOG.debug("a commit was not announced, the relay finds it by itself: {}", e.getMessage());
        }
    }

    /** @param heard runs for each announcement, and once for what was missed before; has to be quick */
    void listen(Runnable heard) {
        listening.execute(() -> {
            while (!listening.isShutdown()) {
                listenUntilOutage(heard);
            }
        });
    }

    private void listenUntilOutage(Runnable heard) {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, "listen " + CHANNEL);
            heard.run();
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (!listening.isShutdown()) {
                if (notifications.getNotifications(LISTEN_MILLIS).length > 0) {
                    heard.run();
                }
            }
        } catch (SQLException e) {
            LOG.debug("announcements are not heard for a moment: {}", e.getMessage());
            pause();
        }
    }

    private void pause() {
        try {
            boolean ignored = listening.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        announcing.shutdownNow();
        listening.shutdownNow();
    }
}
