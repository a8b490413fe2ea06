package app.users.web.freshness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Each user's last written version, and erased users; both are kept until the access token of the request expires. */
final class LastWrites {

    private static final int USERS = 100_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    private record Write(long version, Instant until) {

        Write and(Write other) {
            return new Write(Math.max(version, other.version), until.isAfter(other.until) ? until : other.until);
        }
    }

    private final Clock clock;
    private final Cache<String, Write> versions;
    private final Cache<String, Instant> erased;

    LastWrites(Clock clock) {
        this.clock = clock;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.versions = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, Write>writing((subject, write) -> left(write.until())))
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
        versions.asMap().merge(token.subject(), new Write(version, token.expires()), Write::and);
    }

    void erased(UnverifiedToken token) {
        erased.put(token.subject(), token.expires());
    }

    OptionalLong version(UnverifiedToken token) {
        Write last = versions.getIfPresent(token.subject());
        return last == null ? OptionalLong.empty() : OptionalLong.of(last.version());
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
