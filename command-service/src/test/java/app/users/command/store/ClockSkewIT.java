package app.users.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import app.users.command.CommandDatabase;
import app.users.settings.InvalidSetting;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A machine whose clock is far from PostgreSQL's is refused; a small difference is measured. */
class ClockSkewIT {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static final JdbcTemplate JDBC = new JdbcTemplate(CommandDatabase.migrated());

    @Test
    void isMeasured() {
        assertThat(at(Duration.ZERO).seconds()).isCloseTo(0, within(20.0));
        assertThat(at(Duration.ofHours(1)).seconds()).isCloseTo(3600, within(20.0));
        assertThat(at(Duration.ofHours(-1)).seconds()).isCloseTo(-3600, within(20.0));
    }

    @Test
    void isRefusedBeyondTheLimit() {
        assertThatCode(at(Duration.ZERO)::check).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(at(Duration.ofMinutes(5))::check)
                .withMessageMatching("users.clock.max-skew is 30 s, and this machine's clock is [23]\\d\\d\\.\\d s"
                        + " ahead of PostgreSQL's; set the clocks by NTP");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(at(Duration.ofMinutes(-5))::check)
                .withMessageContaining("behind PostgreSQL's");
    }

    private static ClockSkew at(Duration offset) {
        return new ClockSkew(JDBC, Clock.offset(Clock.systemUTC(), offset), MOST);
    }
}
