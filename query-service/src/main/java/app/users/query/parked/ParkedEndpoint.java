package app.users.query.parked;

import app.users.management.Problem;
import app.users.query.projection.ViewSet;
import app.users.query.rebuild.ViewSets;
import app.users.query.view.Parked;
import app.users.query.view.UserView;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/** {@code /actuator/parked} on the management port: whose views are behind and why, and another try. */
@Endpoint(id = "parked")
class ParkedEndpoint {

    private static final int MOST = 100;
    private static final long PATIENCE_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(ParkedEndpoint.class);

    /**
     * @param version of the view
     * @param parked why it is behind; null when it is not
     */
    record ParkedUser(long user, long version, @Nullable Parked parked) {

        static ParkedUser of(UserView view) {
            return new ParkedUser(view.id(), view.version(), view.parked());
        }
    }

    private final ViewSets sets;

    ParkedEndpoint(ViewSets sets) {
        this.sets = sets;
    }

    /** At most a hundred of them. */
    @ReadOperation
    List<ParkedUser> all() {
        return sets.get().users().parked(MOST).stream().map(ParkedUser::of).toList();
    }

    /** Reads again what the user missed; the answer says whether the cause is still there. */
    @WriteOperation
    WebEndpointResponse<Object> retry(@Selector long user) throws InterruptedException {
        ViewSet set = sets.serving();
        UserView view = set.views().users().find(user).orElse(null);
        Parked why = view == null ? null : view.parked();
        if (view == null || why == null) {
            return Problem.of(HttpStatus.NOT_FOUND, "user " + user + " is not parked");
        }
        if (set.reached().keySet().stream().noneMatch(p -> p.partition() == why.partition())) {
            return Problem.of(
                    HttpStatus.CONFLICT, "another process reads partition " + why.partition() + "; ask that one");
        }
        try {
            return new WebEndpointResponse<>(
                    ParkedUser.of(set.retry(view, why).get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("User {} was not read again: {}", user, e.toString());
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not done; look at the list later, and try again if the user is still there");
        }
    }
}
