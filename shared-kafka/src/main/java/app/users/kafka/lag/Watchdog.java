package app.users.kafka.lag;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks at all readers of this process every few seconds, and raises an alarm when one stands still. */
final class Watchdog implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private static final class Watched {

        private final Reader reader;
        private final Watch watch;

        /** Null as long as it cannot be told. */
        private volatile @Nullable Lag lag;

        /** Since when it cannot be told. */
        private volatile @Nullable Instant unknownSince;

        private boolean stuck;

        Watched(Reader reader, Duration patience) {
            this.reader = reader;
            this.watch = new Watch(patience);
        }
    }

    private final List<Watched> all;
    private final Duration patience;
    private final Clock clock;

    Watchdog(List<Reader> readers, Duration patience, MeterRegistry meters, Clock clock) {
        this.all = readers.stream().map(r -> new Watched(r, patience)).toList();
        this.patience = patience;
        this.clock = clock;
        for (Watched watched : all) {
            gauge(meters, watched, "users.lag.events", "events that the reader has not read", Lag::events);
            gauge(meters, watched, "users.lag.seconds", "how long the oldest of them has waited", Lag::seconds);
            gauge(meters, watched, "users.reader.stuck", "1 when it stands still", lag -> lag.stuck() ? 1 : 0);
        }
    }

    private static void gauge(
            MeterRegistry meters, Watched watched, String name, String description, ToDoubleFunction<Lag> value) {
        Gauge.builder(name, watched, w -> {
                    Lag lag = w.lag;
                    return lag == null ? Double.NaN : value.applyAsDouble(lag);
                })
                .description(description)
                .tag("reader", watched.reader.name())
                .register(meters);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        all.forEach(this::look);
    }

    private void look(Watched watched) {
        Lag lag;
        try {
            Map<String, Position> positions = watched.reader.positions().get();
            lag = watched.watch.look(positions, clock.instant());
        } catch (RuntimeException e) {
            LOG.debug("cannot tell how far {} is behind: {}", watched.reader.name(), e.toString());
            watched.watch.forget();
            watched.lag = null;
            if (watched.unknownSince == null) {
                watched.unknownSince = clock.instant();
            }
            return;
        }
        watched.lag = lag;
        watched.unknownSince = null;
        if (lag.stuck() != watched.stuck) {
            watched.stuck = lag.stuck();
            tell(watched.reader.name(), lag);
        }
    }

    private void tell(String reader, Lag lag) {
        if (lag.stuck()) {
            LOG.error(
                    "{} stands still: {} events wait, nothing was read for {} s. Its own log lines say why; if there are"
                            + " none, restart its process.",
                    reader,
                    lag.events(),
                    patience.toSeconds());
        } else {
            LOG.info("{} moves again.", reader);
        }
    }

    /** Down when a reader stands still, or when for as long nothing could be told. Readiness does not ask: what was read before still answers. */
    @Override
    public Health health() {
        Health.Builder health = Health.up();
        boolean up = true;
        for (Watched watched : all) {
            Lag lag = watched.lag;
            health.withDetail(watched.reader.name(), lag == null ? "cannot be told" : lag);
            up &= lag != null ? !lag.stuck() : !isUnknownForLong(watched);
        }
        return up ? health.build() : health.down().build();
    }

    private boolean isUnknownForLong(Watched watched) {
        Instant since = watched.unknownSince;
        return since != null && Duration.between(since, clock.instant()).compareTo(patience) >= 0;
    }
}
