package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import app.users.web.order.RequestOrder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The limits, and where they are counted. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ThrottleProperties.class)
public class ThrottleConfiguration {

    /** A quarter of the connections that Tomcat accepts. */
    private static final int REFUSALS_HELD = 2_000;

    @Bean
    Buckets throttleBuckets(DataSource dataSource) {
        return new Buckets(dataSource);
    }

    @Bean
    WrongPasswords wrongPasswords(Buckets buckets, KeyedHash hash, ThrottleProperties properties) {
        return new WrongPasswords(buckets, hash, properties);
    }

    @Bean
    KnownAddresses knownAddresses(JdbcTemplate jdbc, KeyedHash hash, ThrottleProperties properties, Clock clock) {
        return new KnownAddresses(jdbc, hash, properties.knownFor(), clock);
    }

    @Bean
    MessageBudget textMessages(
            Buckets buckets, KeyedHash hash, ThrottleProperties properties, MeterRegistry meters, Clock clock) {
        Limit perNetwork = Objects.requireNonNull(properties.textMessagesPerNetwork());
        Limit inAll = Objects.requireNonNull(properties.textMessages());
        return new MessageBudget(
                new Budget("text-messages-per-network", perNetwork, buckets, hash, meters),
                new Budget("text-messages", inAll, buckets, hash, meters),
                clock);
    }

    @Bean
    RefusalPace refusalPace() {
        return new RefusalPace(System::nanoTime, REFUSALS_HELD);
    }

    /** Comes first: what is too often is not worth looking at. */
    @Bean
    WebMvcConfigurer addressThrottle(Buckets buckets, KeyedHash hash, ThrottleProperties properties, RefusalPace pace) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AddressThrottle(buckets, hash, properties, pace))
                        .addPathPatterns("/users/**")
                        .order(RequestOrder.ADDRESS_LIMIT);
                registry.addInterceptor(new ChangeThrottle(properties, pace))
                        .addPathPatterns("/users/**")
                        .order(RequestOrder.CHANGE_LIMIT);
            }
        };
    }
}
