package app.users.command.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Security line 5: how often one address may do something within a second, and within an hour. */
class LimitTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private long now;

    @Test
    void anHoursCountCannotBeUsedUpInASecond() {
        Bucket signIns = bucket(new Limit(6_000, HOUR));
        assertThat(passed(signIns, 1_000)).isEqualTo(60);
        assertThat(signIns.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill())
                .isBetween(1L, Duration.ofSeconds(1).toNanos());
        now += Duration.ofSeconds(1).toNanos();
        assertThat(passed(signIns, 1_000)).isEqualTo(60);
    }

    @Test
    void aThousandPeopleBehindOneAddressMayRegisterInAMinuteButNoMachineForEver() {
        Bucket registrations = bucket(new Limit(2_000, HOUR));
        int registered = 0;
        for (int second = 0; second < 60; second++) {
            registered += passed(registrations, 20);
            now += Duration.ofSeconds(1).toNanos();
        }
        assertThat(registered).isGreaterThanOrEqualTo(1_000);
        for (int second = 60; second < 600; second++) {
            registered += passed(registrations, 20);
            now += Duration.ofSeconds(1).toNanos();
        }
        // what ten minutes bring back is added
        assertThat(registered).isBetween(2_000, 2_000 + 2_000 / 6);
    }

    @ParameterizedTest
    @CsvSource({
        "6000,PT1H,60",
        "60000,PT1H,600",
        "2000,PT1H,20",
        "600,PT1H,20",
        "144000,PT24H,60",
        "3600000000000,PT1H,1000000000"
    })
    void aSecondHasAHundredthOfAnHoursCountAndAtLeastTwenty(long count, Duration per, long burst) {
        Limit limit = new Limit(count, per);
        assertThat(limit.withBurst()).containsExactly(limit, new Limit(burst, Duration.ofSeconds(1)));
        assertThat(bucket(limit).tryConsume(20)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3,PT1H", "20,PT1H", "30,PT1S", "30,PT36S"})
    void aLimitThatASecondMayUseUpHasNoOther(long count, Duration per) {
        Limit limit = new Limit(count, per);
        assertThat(limit.withBurst()).containsExactly(limit);
    }

    private static int passed(Bucket bucket, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            if (bucket.tryConsume(1)) {
                passed++;
            }
        }
        return passed;
    }

    private Bucket bucket(Limit limit) {
        var builder = Bucket.builder().withCustomTimePrecision(new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return now;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
        limit.withBurst().forEach(one -> builder.addLimit(one.bandwidth()));
        return builder.build();
    }
}
