package app.users.kafka.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final Watch watch = new Watch(Duration.ofSeconds(60));

    private Lag look(int second, long next, long end) {
        return watch.look(Map.of("0", new Position(next, end)), THEN.plusSeconds(second));
    }

    @Test
    void whoHasReadAllIsNotBehindHoweverLongAgo() {
        assertThat(look(0, 5, 5)).isEqualTo(Lag.NONE);
        assertThat(look(3600, 5, 5)).isEqualTo(Lag.NONE);
        assertThat(look(3605, 5, 6)).isEqualTo(new Lag(1, 0, false));
    }

    /** Its positions begin at zero again. */
    @Test
    void anOutboxThatWasEmptiedIsNotBehind() {
        look(0, 500, 501);
        assertThat(look(5, 0, 0)).isEqualTo(Lag.NONE);
        assertThat(look(3600, 0, 0)).isEqualTo(Lag.NONE);
        assertThat(look(3605, 501, 502)).isEqualTo(new Lag(1, 0, false));
    }

    @Test
    void theSecondsAreThoseOfTheOldestThatIsUnread() {
        look(0, 0, 10);
        assertThat(look(5, 5, 20)).isEqualTo(new Lag(15, 5, false));
        assertThat(look(10, 10, 30)).isEqualTo(new Lag(20, 5, false));
        assertThat(look(15, 30, 30)).isEqualTo(Lag.NONE);
    }

    @Test
    void whoDoesNotMoveThoughThereIsSomethingToReadIsStuck() {
        look(0, 5, 5);
        look(5, 5, 6);
        assertThat(look(64, 5, 7).stuck()).isFalse();
        assertThat(look(65, 5, 7).stuck()).isTrue();
        assertThat(look(70, 6, 7).stuck()).isFalse();
        assertThat(look(129, 6, 7).stuck()).isFalse();
        assertThat(look(130, 6, 7).stuck()).isTrue();
    }

    @Test
    void oneStandingPartIsNotHiddenByOthersThatMove() {
        for (int second = 0; second <= 60; second += 5) {
            Lag lag = watch.look(
                    Map.of("0", new Position(second, second + 1), "1", new Position(7, 8)), THEN.plusSeconds(second));
            assertThat(lag.stuck()).isEqualTo(second == 60);
            assertThat(lag.seconds()).isEqualTo(second);
        }
    }

    @Test
    void anOutageIsNoStandstill() {
        look(0, 5, 6);
        watch.forget();
        assertThat(look(3600, 5, 6)).isEqualTo(new Lag(1, 0, false));
    }
}
