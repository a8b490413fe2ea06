package app.users.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that a process needs, and the wait for it at the start: a process may start before its servers do.
 *
 * @param name such as PostgreSQL
 * @param addresses {@code host:port}, or a name for which the client library finds hosts; of a cluster one has to answer
 */
public record Server(String name, List<String> addresses) {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 2_000;

    /** As the shell says it after SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    /**
     * Runs the first use of the server until it succeeds, with one line a try. A signal to end the process ends it at once:
     * Spring would first wait for the end of a start that waits itself.
     *
     * @param firstUse may run several times
     * @param isOutage false for a failure that waiting does not mend; it is thrown
     */
    public void await(Runnable firstUse, Predicate<RuntimeException> isOutage) {
        Thread atSignal =
                Thread.ofPlatform().unstarted(() -> Runtime.getRuntime().halt(TERMINATED));
        Runtime.getRuntime().addShutdownHook(atSignal);
        try {
            if (!succeeds(firstUse, isOutage, FIRST_DELAY)) {
                repeat(firstUse, isOutage);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped during the wait for " + name, e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        }
    }

    /**
     * The same for a server that the start can do without: only the first try is made at once.
     *
     * @return makes the other tries; interrupt it to end them
     */
    public Thread awaitInBackground(Runnable firstUse) {
        Thread further = Thread.ofPlatform().daemon().name("wait-for-" + name).unstarted(() -> {
            try {
                repeat(firstUse, failure -> true);
            } catch (InterruptedException e) {
                LOG.debug("stopped during the wait for {}", name, e);
            }
        });
        if (!succeeds(firstUse, failure -> true, FIRST_DELAY)) {
            further.start();
        }
        return further;
    }

    private void repeat(Runnable firstUse, Predicate<RuntimeException> isOutage) throws InterruptedException {
        Duration delay = FIRST_DELAY;
        do {
            Thread.sleep(delay);
            Duration twice = delay.multipliedBy(2);
            delay = twice.compareTo(LONGEST_DELAY) < 0 ? twice : LONGEST_DELAY;
        } while (!succeeds(firstUse, isOutage, delay));
        LOG.info("{} at {} answers.", name, place());
    }

    private boolean succeeds(Runnable firstUse, Predicate<RuntimeException> isOutage, Duration nextDelay) {
        try {
            connect();
            firstUse.run();
            return true;
        } catch (RuntimeException e) {
            if (!(e instanceof UncheckedIOException || isOutage.test(e))) {
                throw e;
            }
            LOG.warn(
                    "{} at {} does not answer ({}). Next try in {} s.",
                    name,
                    place(),
                    reason(e),
                    nextDelay.toSeconds());
            return false;
        }
    }

    /** Client libraries report a closed port as a timeout: this tells why, and sooner. */
    private void connect() {
        IOException failure = null;
        for (String address : addresses) {
            int colon = address.lastIndexOf(':');
            if (colon < 0) {
                // found by the client library, in DNS
                return;
            }
            String host = address.substring(0, colon);
            int port = Integer.parseInt(address.substring(colon + 1));
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
    }

    private String place() {
        return String.join(", ", addresses);
    }

    /** The first line of what the innermost failure says. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause.getMessage() == null ? innermost : cause;
        }
        String message = innermost.getMessage();
        if (message == null) {
            return innermost.getClass().getSimpleName();
        }
        return innermost instanceof UnknownHostException
                ? "unknown host"
                : message.lines().findFirst().orElse("");
    }
}
