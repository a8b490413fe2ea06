package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

class QuietLoggingTest {

    private final LoggingSystem logging = new QuietLogging(getClass().getClassLoader());

    @AfterEach
    void cleanUp() {
        logging.cleanUp();
    }

    @Test
    void logsWarningsOnlyUntilTheLevelsAreSet() {
        logging.cleanUp();
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
        assertThat(rootLevel()).isEqualTo(LogLevel.WARN);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        assertThat(rootLevel()).isEqualTo(LogLevel.INFO);
    }

    private LogLevel rootLevel() {
        return Objects.requireNonNull(logging.getLoggerConfiguration(LoggingSystem.ROOT_LOGGER_NAME))
                .getEffectiveLevel();
    }
}
