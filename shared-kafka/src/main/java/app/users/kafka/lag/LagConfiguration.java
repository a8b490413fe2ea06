package app.users.kafka.lag;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Watches every {@link Reader} of the process. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(LagProperties.class)
public class LagConfiguration {

    @Bean
    Watchdog lagHealthIndicator(List<Reader> readers, LagProperties properties, MeterRegistry meters) {
        return new Watchdog(readers, properties.patience(), meters, Clock.systemUTC());
    }
}
