package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An outage is one line a minute, without a stack trace; everything else is logged as it was. */
class OutageLogFilterTest {

    private final LoggerContext loggers = new LoggerContext();
    private final Logger logger = loggers.getLogger("library");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @BeforeEach
    void attach() {
        loggers.addTurboFilter(new OutageLogFilter(new Clock() {

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        }));
        lines.start();
        logger.addAppender(lines);
    }

    static Stream<Exception> outages() {
        return Stream.of(
                new IllegalStateException(new ConnectException("Connection refused")),
                new IllegalStateException("not acknowledged", new TimeoutException("no answer")),
                new SQLTransientConnectionException(
                        "Connection is not available", new SQLException("refused", new ConnectException("refused"))),
                new IllegalStateException(new SQLException("the server stops", "57P01")),
                new SQLException("connection lost", "08006"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageIsOneLineAMinuteWithoutAStackTrace(Exception outage) {
        logger.error("task {} failed", "x", outage);
        logger.warn("task {} failed", "x", outage);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).startsWith("task x failed (java.");
        });
        now = now.plus(Duration.ofSeconds(61));
        logger.warn("again", outage);
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void otherFailuresKeepTheirStackTraces() {
        List.of(
                        new IllegalStateException("x"),
                        new SQLException("no right", "42501"),
                        // more threads than connections: nothing is away
                        new SQLTransientConnectionException("Connection is not available"))
                .forEach(failure -> logger.error("failed", failure));
        assertThat(lines.list).hasSize(3).allMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void anotherMessageOrCauseIsAnotherLine() {
        logger.error("first", new ConnectException("refused"));
        logger.error("second", new ConnectException("refused"));
        logger.error("second", new SQLException("the server stops", "57P01"));
        assertThat(lines.list).hasSize(3);
    }

    @Test
    void theServicesOwnLinesStayAsTheyAre() {
        Logger own = loggers.getLogger("app.users.any");
        own.addAppender(lines);
        own.error("failed", new ConnectException("refused"));
        own.error("failed", new ConnectException("refused"));
        assertThat(lines.list).hasSize(2).allMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void whatIsNotLoggedStaysUnlogged() {
        logger.setLevel(Level.OFF);
        logger.error("failed", new ConnectException("Connection refused"));
        assertThat(lines.list).isEmpty();
    }
}
