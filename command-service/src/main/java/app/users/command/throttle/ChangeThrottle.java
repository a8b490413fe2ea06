package app.users.command.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Limits how often one user changes the profile: each change is an event for ever. Each process counts for itself, so that a
 * change costs no further write.
 */
final class ChangeThrottle implements HandlerInterceptor {

    private static final int USERS = 100_000;

    private final Limit limit;
    private final Cache<String, Bucket> buckets;

    private final RefusalPace pace;

    ChangeThrottle(ThrottleProperties properties, RefusalPace pace) {
        this.pace = pace;
        limit = properties.of(Door.CHANGE);
        buckets = Caffeine.newBuilder()
                .maximumSize(USERS)
                .expireAfterAccess(limit.per())
                .build();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Principal user = request.getUserPrincipal();
        if (user != null && handler instanceof HandlerMethod method && isChange(method)) {
            ConsumptionProbe probe =
                    buckets.get(user.getName(), name -> bucket()).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                pace.hold(Network.of(request.getRemoteAddr()));
                throw Buckets.throttled(probe.getNanosToWaitForRefill());
            }
        }
        return true;
    }

    private static boolean isChange(HandlerMethod method) {
        Throttled throttled = method.getMethodAnnotation(Throttled.class);
        return throttled != null && throttled.value() == Door.CHANGE;
    }

    private Bucket bucket() {
        return Bucket.builder().addLimit(limit.bandwidth()).build();
    }
}
