package app.users.command.credentials;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for a thread. The networks take turns (round robin), so the tasks of one network delay a task of another by one
 * of theirs, however many they are. A network, and a user, may have only a share of the places.
 */
final class FairQueue<T> {

    private record Waiting<T>(Requester requester, T task) {}

    private final int places;
    private final int ofNetwork;
    private final int ofUser;

    /** In the order of their next turns. */
    private final LinkedHashMap<String, Deque<Waiting<T>>> networks = new LinkedHashMap<>();

    private final Map<Long, Integer> users = new HashMap<>();
    private int size;

    /**
     * @param places for all tasks together
     * @param ofNetwork the most that one network may have
     * @param ofUser the most that one user may have, from all networks together
     */
    FairQueue(int places, int ofNetwork, int ofUser) {
        this.places = places;
        this.ofNetwork = ofNetwork;
        this.ofUser = ofUser;
    }

    /** False when there is no place for it. */
    synchronized boolean offer(Requester requester, T task) {
        if (size == places || hasItsShare(requester)) {
            return false;
        }
        networks.computeIfAbsent(requester.network(), _ -> new ArrayDeque<>()).add(new Waiting<>(requester, task));
        requester.user().ifPresent(user -> users.merge(user, 1, Integer::sum));
        size++;
        return true;
    }

    private boolean hasItsShare(Requester requester) {
        Deque<Waiting<T>> neighbours = networks.get(requester.network());
        return (neighbours != null && neighbours.size() >= ofNetwork)
                || (requester.user().isPresent()
                        && users.getOrDefault(requester.user().getAsLong(), 0) >= ofUser);
    }

    /** The oldest task of the network whose turn it is; null when none waits. */
    synchronized @Nullable T poll() {
        Map.Entry<String, Deque<Waiting<T>>> turn = networks.pollFirstEntry();
        if (turn == null) {
            return null;
        }
        Deque<Waiting<T>> tasks = turn.getValue();
        Waiting<T> next = tasks.remove();
        if (!tasks.isEmpty()) {
            networks.put(turn.getKey(), tasks);
        }
        next.requester().user().ifPresent(user -> users.computeIfPresent(user, (_, n) -> n == 1 ? null : n - 1));
        size--;
        return next.task();
    }

    synchronized int size() {
        return size;
    }
}
