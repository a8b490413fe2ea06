package app.users.query.rebuild;

import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import com.mongodb.client.MongoCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whether two sets of views say the same, though both move meanwhile. */
final class Comparison {

    private static final int MOST = 100;
    private static final int LOOKS = 40;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** @param fields that differ; "missing" where one of both does not know the user */
    record Difference(long user, List<String> fields) {}

    /**
     * @param compared how many users
     * @param differences at most the first hundred
     */
    record Result(boolean equal, long compared, List<Difference> differences) {}

    private static final List<String> MISSING = List.of("missing");

    private final UserViews left;
    private final UserViews right;

    Comparison(UserViews left, UserViews right) {
        this.left = left;
        this.right = right;
    }

    Result run() {
        Map<Long, List<String>> different = new LinkedHashMap<>();
        long compared = 0;
        try (MongoCursor<UserView> lefts = left.all().iterator();
                MongoCursor<UserView> rights = right.all().iterator()) {
            UserView l = next(lefts);
            UserView r = next(rights);
            while ((l != null || r != null) && different.size() < MOST) {
                long user = r == null || l != null && l.id() <= r.id() ? id(l) : id(r);
                UserView ours = l != null && l.id() == user ? l : null;
                UserView theirs = r != null && r.id() == user ? r : null;
                List<String> fields = differences(ours, theirs);
                if (!fields.isEmpty()) {
                    different.put(user, fields);
                }
                compared++;
                l = ours == null ? l : next(lefts);
                r = theirs == null ? r : next(rights);
            }
        }
        List<Difference> lasting = lasting(different.keySet().stream().toList());
        return new Result(lasting.isEmpty(), compared, lasting);
    }

    /** Who changed between the two reads is looked at again, until both have the change. */
    private List<Difference> lasting(List<Long> users) {
        List<Difference> found = new ArrayList<>();
        List<Long> open = users;
        for (int look = 0; look < LOOKS && !open.isEmpty(); look++) {
            if (look > 0) {
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            Map<Long, UserView> lefts = left.find(open);
            Map<Long, UserView> rights = right.find(open);
            found.clear();
            for (long user : open) {
                List<String> fields = differences(lefts.get(user), rights.get(user));
                if (!fields.isEmpty()) {
                    found.add(new Difference(user, fields));
                }
            }
            open = found.stream().map(Difference::user).toList();
        }
        return List.copyOf(found);
    }

    private static List<String> differences(@Nullable UserView l, @Nullable UserView r) {
        return l == null || r == null ? MISSING : UserViews.differences(l, r);
    }

    private static @Nullable UserView next(MongoCursor<UserView> views) {
        return views.hasNext() ? views.next() : null;
    }

    private static long id(@Nullable UserView view) {
        return view == null ? Long.MAX_VALUE : view.id();
    }
}
