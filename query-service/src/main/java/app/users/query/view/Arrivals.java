package app.users.query.view;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Tells readers when a view moved. */
public final class Arrivals {

    private final Map<Long, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();

    public void saw(Collection<UserView> views) {
        for (UserView view : views) {
            Set<CountDownLatch> latches = waiting.get(view.id());
            if (latches != null) {
                latches.forEach(CountDownLatch::countDown);
            }
        }
    }

    /** Register first, then read again, then wait: so no change is missed between reading and waiting. */
    public CountDownLatch register(long user) {
        CountDownLatch latch = new CountDownLatch(1);
        waiting.compute(user, (id, latches) -> {
            Set<CountDownLatch> all = latches == null ? ConcurrentHashMap.newKeySet() : latches;
            all.add(latch);
            return all;
        });
        return latch;
    }

    public void unregister(long user, CountDownLatch latch) {
        waiting.computeIfPresent(user, (id, latches) -> {
            latches.remove(latch);
            return latches.isEmpty() ? null : latches;
        });
    }
}
