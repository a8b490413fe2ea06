package app.users.command.replay;

import app.users.command.relay.Publication;
import app.users.command.replay.Replay.Kind;
import app.users.command.replay.ReplayTable.First;
import app.users.events.UserEvent.UserErased;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the events of a {@link Replay} in steps. A step is two transactions: the first stores which users are begun, the
 * second sends their events and moves on. Users who were begun are carried to their last event, by whichever process, also
 * after an abort: else readers that begin later would miss what comes after, or read it too early.
 */
class Replayer {

    private static final int MOST_OF_A_STEP = 500;

    /** @param sent how many events; @param more whether the replay goes on */
    record Step(int sent, boolean more) {}

    private record Range(List<DomainEventMessage<?>> events, long next, long nextSequence) {}

    private final ReplayTable table;
    private final EventStorageEngine store;
    private final Publication publication;
    private final TransactionTemplate transactions;

    Replayer(ReplayTable table, EventStorageEngine store, Publication publication, TransactionTemplate transactions) {
        this.table = table;
        this.store = store;
        this.publication = publication;
        this.transactions = transactions;
    }

    /** @param most events of the step */
    Step step(long id, int most) {
        int atMost = Math.clamp(most, 1, MOST_OF_A_STEP);
        boolean more = transactions.execute(status -> begin(id, atMost));
        return more
                ? transactions.execute(status -> send(id, atMost))
                : new Step(0, table.find(id).isPresent());
    }

    /** Whether there is something to send. */
    private boolean begin(long id, int most) {
        Optional<Replay> locked = table.lock(id);
        if (locked.isEmpty()) {
            return false;
        }
        Replay replay = locked.get();
        if (replay.hasBegunUsers()) {
            return true;
        }
        List<First> users = replay.aborted() ? List.of() : table.users(replay.next(), replay.last(), most);
        if (users.isEmpty()) {
            end(replay);
            return false;
        }
        table.claim(replay, users.getLast().position());
        return true;
    }

    private void end(Replay replay) {
        if (replay.kind() == Kind.ERASURE) {
            publication.keepReceiptOfUserAt(replay.last());
        }
        table.end(replay);
    }

    private Step send(long id, int most) {
        Optional<Replay> locked = table.lock(id);
        if (locked.isEmpty()) {
            return new Step(0, true);
        }
        Replay replay = locked.get();
        publication.takeTurn();
        Range range = read(replay, most);
        publication.publishAgain(replay.kind() == Kind.ERASURE ? withoutErasure(range.events()) : range.events());
        table.advance(replay, range.next(), range.nextSequence(), range.events().size());
        return new Step(range.events().size(), true);
    }

    /** The relay has told of it; only the tombstones are to be sent. */
    private static List<DomainEventMessage<?>> withoutErasure(List<DomainEventMessage<?>> events) {
        return events.stream()
                .filter(event -> !(event.getPayload() instanceof UserErased))
                .toList();
    }

    private Range read(Replay replay, int most) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (First user : table.users(replay.next(), replay.claimed(), MOST_OF_A_STEP)) {
            long begun = user.position() == replay.next() ? replay.nextSequence() : 0;
            Optional<Long> first = user.position() >= replay.from()
                    ? Optional.of(0L)
                    : table.firstSequence(user.user(), replay.from());
            if (first.isEmpty()) {
                continue;
            }
            long sequence = Math.max(begun, first.get());
            List<? extends DomainEventMessage<?>> history = read(user.user(), sequence, most - events.size());
            events.addAll(history);
            if (events.size() == most) {
                return new Range(events, user.position(), sequence + history.size());
            }
        }
        return new Range(events, replay.claimed() + 1, 0);
    }

    private List<? extends DomainEventMessage<?>> read(String user, long sequence, int most) {
        try (var history = store.readEvents(user, sequence).asStream()) {
            return history.limit(most).toList();
        }
    }
}
