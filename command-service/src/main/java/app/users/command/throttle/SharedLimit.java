package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import java.time.Duration;
import java.util.List;

/**
 * A limit that all processes count together. A process asks PostgreSQL once a second or after a hundredth of the limit, so that
 * the count costs next to nothing and two processes together let through little more than one.
 *
 * @param purpose names the limits too: PostgreSQL keeps buckets with the limits they were made with
 */
record SharedLimit(String purpose, BucketConfiguration configuration, DelayParameters delay) {

    private static final int SHARE = 100;

    /** @param limits each of them counts, the longest first */
    static SharedLimit of(String name, List<Limit> limits) {
        long count = limits.getFirst().count();
        return new SharedLimit(
                "throttle-%s-%s".formatted(name, Buckets.name(limits)),
                Buckets.configuration(limits),
                new DelayParameters(Math.max(1, count / SHARE), Duration.ofSeconds(1)));
    }

    /** The count of one place; all threads of the process have to share the bucket, and use it one after the other. */
    BucketProxy bucket(Buckets buckets, KeyedHash hash, String place) {
        return buckets.bucket(hash.of(purpose, place), configuration, Optimizations.delaying(delay));
    }
}
