package app.users.query.read;

import app.users.query.view.UserView;
import app.users.query.view.Views;
import app.users.web.http.UsersHeaders;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.token.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The caller's own view, not older than what they wrote, if it can be had within the wait. */
final class FreshViews {

    private static final int MOST_WAITING = 256;
    private static final int MOST_WAITING_PER_USER = 4;
    private static final long LOOK_AGAIN_MILLIS = 25;

    /** @param stale whether it is older than what was asked for, or than what was seen on the topic */
    record Fresh(UserView view, boolean stale) {

        private static final String STALE = "110 - \"Response is stale\"";

        /** The beginning of an answer that shows it. */
        ResponseEntity.BodyBuilder answer() {
            var answer = ResponseEntity.ok().header(UsersHeaders.VERSION, Long.toString(view.version()));
            return stale ? answer.header(HttpHeaders.WARNING, STALE) : answer;
        }
    }

    private final Supplier<Views> serving;
    private final Duration wait;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<Long, Integer> placesByUser = new ConcurrentHashMap<>();

    FreshViews(Supplier<Views> serving, Duration wait) {
        this.serving = serving;
        this.wait = wait;
    }

    Fresh of(Caller caller, long asked) {
        long version = Math.max(caller.version(), asked);
        Views views = serving.get();
        UserView view = views.users().find(caller.user()).orElse(null);
        if (!isReady(view, version) && enter(caller.user())) {
            try {
                view = await(views, caller.user(), version);
            } finally {
                leave(caller.user());
            }
        }
        if (view == null || !view.isKnown()) {
            throw Rejected.of(Reason.UNAVAILABLE, "not-yet-visible").retryAfter(Duration.ofSeconds(1));
        }
        if (!view.accepts(caller.session(), caller.epoch(), caller.version())) {
            throw Rejected.of(Reason.UNAUTHENTICATED, view.erased() ? "bad-token" : "session-over");
        }
        return new Fresh(view, view.parked() != null || !isReady(view, version));
    }

    private static boolean isReady(@Nullable UserView view, long version) {
        return view != null && (view.erased() || view.version() >= version);
    }

    private @Nullable UserView await(Views views, long user, long version) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            CountDownLatch changed = views.arrivals().register(user);
            try {
                UserView view = views.users().find(user).orElse(null);
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (isReady(view, version) || left <= 0) {
                    return view;
                }
                boolean ignored = changed.await(Math.min(left, LOOK_AGAIN_MILLIS), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return views.users().find(user).orElse(null);
            } finally {
                views.arrivals().unregister(user, changed);
            }
        }
    }

    private boolean enter(long user) {
        if (!places.tryAcquire()) {
            return false;
        }
        if (placesByUser.merge(user, 1, Integer::sum) > MOST_WAITING_PER_USER) {
            leave(user);
            return false;
        }
        return true;
    }

    private void leave(long user) {
        placesByUser.computeIfPresent(user, (id, n) -> n == 1 ? null : n - 1);
        places.release();
    }
}
