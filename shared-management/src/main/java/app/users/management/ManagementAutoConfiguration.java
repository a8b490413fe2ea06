package app.users.management;

import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Reads the settings in the application's own context, where wrong and weak ones end the start, and quiets outages. */
@AutoConfiguration
@EnableConfigurationProperties(ManagementProperties.class)
class ManagementAutoConfiguration {

    @Bean
    DisposableBean outageLogFilter() {
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        OutageLogFilter filter = new OutageLogFilter(Clock.systemUTC());
        loggers.addTurboFilter(filter);
        return () -> loggers.getTurboFilterList().remove(filter);
    }
}
