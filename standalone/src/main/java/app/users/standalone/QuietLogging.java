package app.users.standalone;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;

/**
 * Logs warnings only until Spring Boot has read the levels from the settings. Spring Boot's own system logs at INFO in
 * between, so a line of Kafka, which starts at the same time on another thread, was printed now and then.
 */
final class QuietLogging extends LogbackLoggingSystem {

    QuietLogging(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void initialize(
            LoggingInitializationContext context, @Nullable String configuration, @Nullable LogFile file) {
        super.initialize(context, configuration, file);
        setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    }
}
