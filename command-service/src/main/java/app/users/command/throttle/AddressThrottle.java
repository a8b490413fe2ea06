package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Limits what one network address can do. */
final class AddressThrottle implements HandlerInterceptor {

    private static final int ADDRESSES = 50_000;

    private record Place(Door door, String network) {}

    private final Buckets buckets;
    private final KeyedHash hash;
    private final Map<Door, SharedLimit> kinds = new EnumMap<>(Door.class);
    private final Cache<Place, BucketProxy> recent = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private final RefusalPace pace;

    AddressThrottle(Buckets buckets, KeyedHash hash, ThrottleProperties properties, RefusalPace pace) {
        this.buckets = buckets;
        this.pace = pace;
        this.hash = hash;
        Arrays.stream(Door.values())
                .forEach(door -> kinds.put(
                        door, SharedLimit.of(door.name(), properties.of(door).withBurst())));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Throttled throttled = method.getMethodAnnotation(Throttled.class);
        if (throttled != null && throttled.value() != Door.CHANGE) {
            pass(new Place(throttled.value(), Network.of(request.getRemoteAddr())));
        }
        return true;
    }

    private void pass(Place place) {
        ConsumptionProbe probe = consume(recent.get(place, this::bucket));
        if (!probe.isConsumed()) {
            pace.hold(place.network());
            throw Buckets.throttled(probe.getNanosToWaitForRefill());
        }
    }

    /** One after the other: several first calls at once, sent to PostgreSQL together, do not find the row and do not make it. */
    private static ConsumptionProbe consume(BucketProxy bucket) {
        synchronized (bucket) {
            return bucket.tryConsumeAndReturnRemaining(1);
        }
    }

    private BucketProxy bucket(Place place) {
        return Objects.requireNonNull(kinds.get(place.door())).bucket(buckets, hash, place.network());
    }
}
