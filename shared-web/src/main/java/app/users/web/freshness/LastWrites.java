package app.users.web.freshness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Each user's last written version, kept for ten seconds, and erased users, kept until their token expires. */
final class LastWrites {

    private static final int USERS = 100_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Clock clock;
    private final Cache<String, Long> versions;
    private final Cache<String, Instant> erased;

    LastWrites(Clock clock) {
        this.clock = clock;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.versions = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofSeconds(10))
                .maximumSize(USERS)
                .ticker(ticker)
                .build();
        this.erased = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, Instant>writing((subject, until) -> left(until)))
                .maximumSize(USERS)
                .ticker(ticker)
                .build();
    }

    void wrote(UnverifiedToken token, long version) {
        versions.asMap().merge(token.subject(), version, Math::max);
    }

    void erased(UnverifiedToken token) {
        erased.put(token.subject(), token.expires());
    }

    OptionalLong version(UnverifiedToken token) {
        Long version = versions.getIfPresent(token.subject());
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    boolean isErased(UnverifiedToken token) {
        return erased.getIfPresent(token.subject()) != null;
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }
}
