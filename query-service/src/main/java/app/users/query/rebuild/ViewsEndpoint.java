package app.users.query.rebuild;

import app.users.management.Problem;
import app.users.query.projection.RebuildProgress;
import app.users.query.projection.ViewSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/**
 * {@code /actuator/views} on the management port: builds views a second time beside those that serve, compares both, lets
 * the new ones serve, drops the old ones.
 */
@Endpoint(id = "views")
class ViewsEndpoint {

    /**
     * @param serving whether reads are answered from there
     * @param rebuilding whether it began from nothing and is not yet through
     * @param events the records that a rebuild has folded in
     * @param of the records that were there when it began
     */
    record SetStatus(String database, boolean serving, boolean rebuilding, long events, long of) {}

    private final ViewSets sets;

    ViewsEndpoint(ViewSets sets) {
        this.sets = sets;
    }

    @ReadOperation
    List<SetStatus> all() {
        return sets.all().stream()
                .map(this::status)
                .sorted(Comparator.comparing(SetStatus::database))
                .toList();
    }

    private SetStatus status(ViewSet set) {
        RebuildProgress rebuild = set.rebuild();
        return new SetStatus(
                set.database(), set == sets.serving(), rebuild.isRunning(), rebuild.events(), rebuild.of());
    }

    /** Compares the views in a database of this MongoDB, whichever process builds them, with those that serve. */
    @ReadOperation
    WebEndpointResponse<Object> compare(@Selector String database) {
        if (!ViewProperties.isDatabase(database)) {
            return Problem.of(HttpStatus.BAD_REQUEST, database + " is no name of a database");
        }
        return new WebEndpointResponse<>(sets.compare(database));
    }

    /** Begins to build views in another database. */
    @WriteOperation
    WebEndpointResponse<Object> build(String database) {
        if (!ViewProperties.isDatabase(database)) {
            return Problem.of(HttpStatus.BAD_REQUEST, database + " is no name of a database");
        }
        sets.build(database);
        return answer(202, database);
    }

    /** From now on reads are answered from there. */
    @WriteOperation
    WebEndpointResponse<Object> serve(@Selector String database) {
        Optional<ViewSet> set = sets.find(database);
        if (set.isEmpty()) {
            return Problem.of(HttpStatus.NOT_FOUND, "no views are built in " + database);
        }
        if (!set.get().caughtUp()) {
            return Problem.of(HttpStatus.CONFLICT, "the views in " + database + " have not caught up; try again later");
        }
        sets.serve(database);
        return answer(200, database);
    }

    @DeleteOperation
    WebEndpointResponse<Object> drop(@Selector String database) {
        if (sets.find(database).isEmpty()) {
            return Problem.of(HttpStatus.NOT_FOUND, "no views are built in " + database);
        }
        if (sets.serving().database().equals(database)) {
            return Problem.of(HttpStatus.CONFLICT, "reads are answered from " + database + "; let others serve first");
        }
        sets.drop(database);
        return new WebEndpointResponse<>(204);
    }

    private WebEndpointResponse<Object> answer(int status, String database) {
        return sets.find(database)
                .<WebEndpointResponse<Object>>map(set -> new WebEndpointResponse<>(status(set), status))
                .orElseGet(() -> new WebEndpointResponse<>(status));
    }
}
