package app.users.faults;

import app.users.faults.History.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Collects what all clients do and are told while it happens. */
final class Journal {

    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private final Queue<String> serverErrors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();

    private final String prefix;

    /** @param prefix of the ids of requests */
    Journal(String prefix) {
        this.prefix = prefix;
    }

    /** A new {@code X-Request-Id}. */
    String nextRequest() {
        return prefix + requests.incrementAndGet();
    }

    void add(Command command) {
        commands.add(command);
        if (command.done()) {
            acknowledged.incrementAndGet();
        }
    }

    void add(Read read) {
        reads.add(read);
        acknowledged.incrementAndGet();
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    /** A 500: the API answers 503 in an outage. */
    void serverError(String answer) {
        serverErrors.add(answer);
    }

    /** How many commands and reads were done. */
    int countAcknowledged() {
        return acknowledged.get();
    }

    int countUnanswered() {
        return unanswered.get();
    }

    List<String> serverErrors() {
        return List.copyOf(serverErrors);
    }

    History history(Collection<Known> people, int interrupted) {
        return new History(new ArrayList<>(commands), new ArrayList<>(reads), List.copyOf(people), interrupted);
    }
}
