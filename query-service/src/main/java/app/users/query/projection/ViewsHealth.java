package app.users.query.projection;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the views that serve are complete: while they are built from nothing, reads would miss what is not yet folded in. */
final class ViewsHealth extends AbstractHealthIndicator {

    private final ViewSets sets;

    ViewsHealth(ViewSets sets) {
        this.sets = sets;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        ViewSet serving = sets.serving();
        Rebuild rebuild = serving.rebuild();
        (rebuild.isRunning() ? health.outOfService() : health.up())
                .withDetail("database", serving.database())
                .withDetail("events", rebuild.events())
                .withDetail("of", rebuild.of());
    }
}
