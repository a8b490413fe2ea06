package app.users.command.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Security line 5: a client that repeats refused requests at once is answered late. */
class RefusalPaceTest {

    private static final Duration GAP = Duration.ofMillis(20);

    private long now;
    private final RefusalPace pace = new RefusalPace(() -> now, 10);

    @Test
    void refusalsOfOneNetworkLeaveOneAfterTheOther() {
        assertThat(IntStream.range(0, 4).mapToObj(i -> pace.delay("flood")))
                .containsExactly(Duration.ZERO, GAP, GAP.multipliedBy(2), GAP.multipliedBy(3));
    }

    @Test
    void networksDoNotWaitForEachOther() {
        delays(50);
        assertThat(pace.delay("other")).isZero();
    }

    @Test
    void noRefusalWaitsLongerThanTwoSeconds() {
        delays(1_000);
        assertThat(pace.delay("flood")).isEqualTo(Duration.ofSeconds(2));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(pace.delay("flood")).isEqualTo(GAP);
    }

    @Test
    void aClientThatRepeatsSlowlyIsAnsweredAtOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(pace.delay("patient")).isZero();
            now += GAP.toNanos();
        }
    }

    @Test
    void moreThanABoundedNumberIsNotHeld() {
        RefusalPace full = new RefusalPace(() -> now, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(full.delay("flood")).isLessThanOrEqualTo(Duration.ofSeconds(2));
        }
        assertTimeout(Duration.ofSeconds(1), () -> full.hold("flood"));
    }

    private void delays(int refusals) {
        for (int i = 0; i < refusals; i++) {
            assertThat(pace.delay("flood")).isLessThanOrEqualTo(Duration.ofSeconds(2));
        }
    }
}
