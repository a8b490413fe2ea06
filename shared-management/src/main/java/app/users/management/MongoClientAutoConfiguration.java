package app.users.management;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * How a service uses MongoDB. The connection string can change the timeouts; it cannot change that reads come from the
 * primary and that a write counts only when most members have it in their journals.
 */
@AutoConfiguration(before = MongoAutoConfiguration.class)
@ConditionalOnClass(MongoClientSettingsBuilderCustomizer.class)
class MongoClientAutoConfiguration {

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

    /** An outage is noticed within seconds, not after the driver's half minute. Comes before the connection string. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer mongoTimeouts() {
        return settings -> settings.applyToClusterSettings(c -> c.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        s -> s.connectTimeout(2, TimeUnit.SECONDS).readTimeout(10, TimeUnit.SECONDS));
    }

    /** Comes after the connection string. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer mongoConcerns() {
        return settings -> settings.readPreference(ReadPreference.primary())
                .writeConcern(WriteConcern.MAJORITY
                        .withJournal(true)
                        .withWTimeout(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS));
    }
}
