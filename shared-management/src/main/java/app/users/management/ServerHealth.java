package app.users.management;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether a server answers within 2 seconds. One check runs at a time, and requests that come meanwhile wait for its result:
 * a server that hangs costs one thread and one connection. The answer names no host and shows no exception; the log does.
 */
public final class ServerHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final String server;
    private final Callable<Health> check;
    private final AtomicBoolean down = new AtomicBoolean();
    private @Nullable FutureTask<Health> running;

    /**
     * @param server its name in the log
     * @param check asks the server something; what it answers is the health
     */
    public ServerHealth(String server, Callable<Health> check) {
        this.server = server;
        this.check = check;
    }

    @Override
    public Health health() {
        try {
            Health health = started().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (down.compareAndSet(true, false)) {
                LOG.info("{} answers again", server);
            }
            return health;
        } catch (TimeoutException e) {
            return down("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            return down("the check failed; the log says why", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    private synchronized Future<Health> started() {
        FutureTask<Health> current = running;
        if (current == null || current.isDone()) {
            current = new FutureTask<>(check);
            running = current;
            Thread.ofVirtual().name("health-of-" + server).start(current);
        }
        return current;
    }

    private Health down(String reason, @Nullable Throwable cause) {
        if (down.compareAndSet(false, true)) {
            LOG.warn(
                    "{} does not answer: {}",
                    server,
                    cause instanceof TimeoutException ? reason : String.valueOf(cause));
        }
        return Health.down().withDetail("reason", reason).build();
    }
}
