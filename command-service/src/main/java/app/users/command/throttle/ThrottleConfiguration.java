package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import app.users.web.order.RequestOrder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

    /** Makes budgets by the name of their setting. */
    record Budgets(Buckets buckets, KeyedHash hash, MeterRegistry meters) {

        Budget of(String name, @Nullable Limit limit) {
            return new Budget(name, Objects.requireNonNull(limit), buckets, hash, meters);
        }
    }

    @Bean
    Budgets budgets(Buckets buckets, KeyedHash hash, MeterRegistry meters) {
        return new Budgets(buckets, hash, meters);
    }

    @Bean
    WrongPasswords wrongPasswords(Buckets buckets, KeyedHash hash, ThrottleProperties properties, Budgets budgets) {
        Budget ofNetworks = budgets.of("wrong-passwords-per-network", properties.wrongPasswordsPerNetwork());
        return new WrongPasswords(buckets, hash, properties, ofNetworks);
    }

    @Bean
    KnownAddresses knownAddresses(JdbcTemplate jdbc, KeyedHash hash, ThrottleProperties properties, Clock clock) {
        return new KnownAddresses(jdbc, hash, properties.knownFor(), clock);
    }

    @Bean
    MessageBudget textMessages(ThrottleProperties properties, Budgets budgets, Clock clock) {
        return new MessageBudget(
                budgets.of("text-messages-per-network", properties.textMessagesPerNetwork()),
                budgets.of("text-messages", properties.textMessages()),
                clock);
    }

    @Bean
    MessageBudget mails(ThrottleProperties properties, Budgets budgets, Clock clock) {
        return new MessageBudget(
                budgets.of("mails-per-network", properties.mailsPerNetwork()),
                budgets.of("mails", properties.mails()),
                clock);
    }

    @Bean
    Budget registrationsInAll(ThrottleProperties properties, Budgets budgets) {
        return budgets.of("registrations-in-all", properties.registrationsInAll());
    }

    @Bean
    Budget taken(ThrottleProperties properties, Budgets budgets) {
        return budgets.of("taken", properties.taken());
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
