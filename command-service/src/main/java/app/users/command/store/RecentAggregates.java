package app.users.command.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the most recently used aggregates loaded, bounded; Axon's own weak cache forgets them at each collection. One that
 * another process has changed since is not given out: Axon would notice only if the decision became an event, and a refusal
 * is none.
 */
@SuppressWarnings({"NullAway", "unchecked"}) // Axon's interface is neither annotated nor typed
final class RecentAggregates implements Cache {

    private final EventStorageEngine engine;
    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

    RecentAggregates(EventStorageEngine engine, int size) {
        this.engine = engine;
        entries = Caffeine.newBuilder().maximumSize(size).build();
    }

    @Override
    public <K, V> @Nullable V get(K key) {
        Object entry = entries.getIfPresent(key);
        return entry instanceof AggregateCacheEntry<?> loaded && isNewest(key, loaded) ? (V) entry : null;
    }

    private boolean isNewest(Object key, AggregateCacheEntry<?> loaded) {
        // an entry in memory holds the aggregate itself and needs nothing to give it back
        Long version = loaded.recreateAggregate(null, null, null).version();
        return engine.lastSequenceNumberFor((String) key).equals(Optional.ofNullable(version));
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        return () -> true;
    }

    @Override
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        entries.asMap().computeIfPresent(key, (k, value) -> update.apply((V) value));
    }
}
