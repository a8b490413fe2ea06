package app.users.web.page;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The state of all parts. A check runs only when a visitor asks, at most once in five seconds however many ask, and no
 * visitor waits longer than the timeout of the slowest part.
 */
final class Parts {

    private static final Duration KEPT = Duration.ofSeconds(5);

    private final List<Part> parts;
    private final AsyncCache<Part, Map<String, PartState>> states = Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .buildAsync();

    Parts(List<Part> parts) {
        this.parts = parts;
    }

    Map<String, PartState> now() {
        List<CompletableFuture<Map<String, PartState>>> checks =
                parts.stream().map(part -> states.get(part, Parts::check)).toList();
        Map<String, PartState> now = new LinkedHashMap<>();
        checks.forEach(check -> check.join().forEach((name, state) -> now.merge(name, state, PartState::worse)));
        return now;
    }

    private static CompletableFuture<Map<String, PartState>> check(Part part, Executor threads) {
        return CompletableFuture.supplyAsync(part::check, threads)
                .completeOnTimeout(part.down(), part.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
