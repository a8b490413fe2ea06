package app.users.management;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.core.NestedExceptionUtils;

/**
 * While a server is away or denies access, libraries log each failed try with its stack trace. This makes one line of it, at most
 * one a minute for each message and cause. Other failures, and what the services log themselves, are logged as they were.
 */
final class OutageLogFilter extends TurboFilter {

    private static final Pattern KAFKA_IS_AWAY_OR_DENIES = Pattern.compile(
            "org\\.apache\\.kafka\\.common\\.errors\\.(\\w*(Authorization|Authentication)|Timeout|Disconnect)Exception");
    private static final String OUR_OWN = "app.users.";
    private static final int MOST_LINES = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private record Line(String logger, String format, Class<? extends Throwable> cause) {}

    private final Clock clock;
    private final Map<Line, Instant> logged = new ConcurrentHashMap<>();

    OutageLogFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (format == null
                || !level.isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        Throwable failure = thrown != null ? thrown : last(arguments);
        if (failure == null || logger.getName().startsWith(OUR_OWN) || !isOutage(failure)) {
            return FilterReply.NEUTRAL;
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (isDue(new Line(logger.getName(), format, cause.getClass()))) {
            String what = MessageFormatter.arrayFormat(format, arguments).getMessage() + " (" + cause + ")";
            logger.log(
                    marker,
                    OutageLogFilter.class.getName(),
                    Level.toLocationAwareLoggerInteger(level),
                    what,
                    null,
                    null);
        }
        return FilterReply.DENY;
    }

    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last
                ? last
                : null;
    }

    private boolean isDue(Line line) {
        Instant now = clock.instant();
        if (logged.size() > MOST_LINES) {
            logged.clear();
        }
        Instant before = logged.putIfAbsent(line, now);
        return before == null || (before.plus(PAUSE).isBefore(now) && logged.replace(line, before, now));
    }

    private static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof TimeoutException
                    || isOfKafka(cause)
                    || cause instanceof SQLException sql && isOutage(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** No answer, wrong passwords and missing rights; by name, since not every process has Kafka's classes. */
    private static boolean isOfKafka(Throwable cause) {
        return KAFKA_IS_AWAY_OR_DENIES.matcher(cause.getClass().getName()).matches();
    }

    /** 08 connection, 57P the server starts or stops. */
    private static boolean isOutage(@Nullable String sqlState) {
        return sqlState != null && (sqlState.startsWith("08") || sqlState.startsWith("57P"));
    }
}
