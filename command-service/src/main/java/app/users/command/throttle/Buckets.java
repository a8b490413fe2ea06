package app.users.command.throttle;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Token buckets in PostgreSQL under keyed hashes: the table tells neither addresses nor people. */
class Buckets {

    private static final int SWEPT_AT_ONCE = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    Buckets(DataSource dataSource) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("throttle")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    static BucketConfiguration configuration(List<Limit> limits) {
        var builder = BucketConfiguration.builder();
        limits.forEach(limit -> builder.addLimit(limit.bandwidth()));
        return builder.build();
    }

    /** Part of the keys of buckets: a changed limit counts at once, from the beginning. */
    static String name(List<Limit> limits) {
        return limits.stream().map(limit -> limit.count() + "/" + limit.per()).collect(Collectors.joining(","));
    }

    BucketProxy bucket(byte[] key, BucketConfiguration configuration) {
        return buckets.builder().build(id(key), configuration);
    }

    /** One that is asked of PostgreSQL only now and then; has to be shared by all threads. */
    BucketProxy bucket(byte[] key, BucketConfiguration configuration, Optimization optimization) {
        return buckets.builder().withOptimization(optimization).build(id(key), configuration);
    }

    void forget(byte[] key) {
        buckets.removeProxy(id(key));
    }

    void sweep() {
        while (buckets.removeExpired(SWEPT_AT_ONCE) == SWEPT_AT_ONCE) {
            Thread.onSpinWait();
        }
    }

    static Rejected throttled(long nanosToWait) {
        Duration wait = Duration.ofNanos(nanosToWait);
        return Rejected.of(Reason.TOO_MANY_REQUESTS, "throttled")
                .retryAfter(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static String id(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
