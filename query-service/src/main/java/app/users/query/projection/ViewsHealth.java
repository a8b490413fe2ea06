package app.users.query.projection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service until the views that serve are complete: while they are rebuilt, reads would miss what is not yet folded in.
 */
final class ViewsHealth implements HealthIndicator {

    private final ViewSets sets;

    ViewsHealth(ViewSets sets) {
        this.sets = sets;
    }

    @Override
    public Health health() {
        return sets.knownToServe()
                .map(ViewsHealth::of)
                .orElseGet(() -> Health.outOfService()
                        .withDetail("reason", "MongoDB has not answered since the start")
                        .build());
    }

    private static Health of(ViewSet serving) {
        Rebuild rebuild = serving.rebuild();
        return (rebuild.isRunning() ? Health.outOfService() : Health.up())
                .withDetail("database", serving.database())
                .withDetail("events", rebuild.events())
                .withDetail("of", rebuild.of())
                .build();
    }
}
