package app.users.query.rebuild;

import app.users.query.projection.RebuildProgress;
import app.users.query.projection.ViewSet;
import java.util.concurrent.Callable;
import org.springframework.boot.health.contributor.Health;

/**
 * Reads from MongoDB whether the views that serve are complete. Out of service until they are: while they are rebuilt, reads
 * would miss what is not yet folded in. Parked users are reported, but do not change the status: one user must not stop all others.
 */
final class ViewsHealth implements Callable<Health> {

    private final ViewSets sets;

    ViewsHealth(ViewSets sets) {
        this.sets = sets;
    }

    @Override
    public Health call() {
        ViewSet serving = sets.serving();
        RebuildProgress rebuild = serving.rebuild();
        return (rebuild.isRunning() ? Health.outOfService() : Health.up())
                .withDetail("database", serving.database())
                .withDetail("events", rebuild.events())
                .withDetail("of", rebuild.of())
                .withDetail("parked", serving.views().users().parked())
                .build();
    }
}
