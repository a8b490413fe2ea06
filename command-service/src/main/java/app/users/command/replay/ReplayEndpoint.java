package app.users.command.replay;

import app.users.management.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/** {@code /actuator/replay} on the management port: starts a replay, tells how far it is, ends it. */
@Endpoint(id = "replay")
class ReplayEndpoint {

    private static final int MOST_PER_SECOND = 10_000;

    private final Replays replays;

    ReplayEndpoint(Replays replays) {
        this.replays = replays;
    }

    @ReadOperation
    WebEndpointResponse<Replay> progress() {
        return replays.latest()
                .map(WebEndpointResponse::new)
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }

    /**
     * @param user whose events to send, all of them and at once; without it everybody's
     * @param from the position in the store to begin with; 0 if absent
     * @param perSecond most events a second
     */
    @WriteOperation
    WebEndpointResponse<Object> start(@Nullable Long user, @Nullable Long from, @Nullable Integer perSecond) {
        int rate = perSecond == null ? Replays.PER_SECOND : perSecond;
        if (user != null && (from != null || perSecond != null)) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST, "`user` stands alone: one user's events are sent at once, from the first");
        }
        if (from != null && from < 0 || rate < 1 || rate > MOST_PER_SECOND) {
            return Problem.of(HttpStatus.BAD_REQUEST, "`from` is at least 0, `perSecond` from 1 to " + MOST_PER_SECOND);
        }
        if (user != null) {
            return new WebEndpointResponse<>(Map.of("user", user, "sent", replays.ofUser(user)));
        }
        return replays.start(from == null ? 0 : from, rate)
                .<WebEndpointResponse<Object>>map(started -> new WebEndpointResponse<>(started, 202))
                .orElseGet(() ->
                        Problem.of(HttpStatus.CONFLICT, "a replay is under way; wait for it, or end it by DELETE"));
    }

    @DeleteOperation
    WebEndpointResponse<Replay> abort() {
        return replays.abort().map(WebEndpointResponse::new).orElseGet(() -> new WebEndpointResponse<>(404));
    }
}
