package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the connection string can change, and what it cannot. */
class MongoClientTest {

    private static final WriteConcern SAFE =
            WriteConcern.MAJORITY.withJournal(true).withWTimeout(5, TimeUnit.SECONDS);

    @Test
    void writesCountWhenMostMembersHaveThemInTheirJournals() {
        check("", settings -> {
            assertThat(settings.getWriteConcern()).isEqualTo(SAFE);
            assertThat(settings.getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(settings.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS))
                    .isEqualTo(2000);
        });
    }

    @Test
    void theConnectionStringCannotWeakenThat() {
        check("?w=1&journal=false&readPreference=secondaryPreferred", settings -> {
            assertThat(settings.getWriteConcern()).isEqualTo(SAFE);
            assertThat(settings.getReadPreference()).isEqualTo(ReadPreference.primary());
        });
    }

    @Test
    void theTimeoutsOfTheConnectionStringCount() {
        check("?serverSelectionTimeoutMS=700&connectTimeoutMS=800&socketTimeoutMS=900", settings -> {
            assertThat(settings.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS))
                    .isEqualTo(700);
            assertThat(settings.getSocketSettings().getConnectTimeout(TimeUnit.MILLISECONDS))
                    .isEqualTo(800);
            assertThat(settings.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS))
                    .isEqualTo(900);
        });
    }

    private static void check(String options, Consumer<MongoClientSettings> expectations) {
        new ApplicationContextRunner()
                .withPropertyValues("spring.mongodb.uri=mongodb://127.0.0.1:1/" + options)
                .withConfiguration(
                        AutoConfigurations.of(MongoClientAutoConfiguration.class, MongoAutoConfiguration.class))
                .run(context -> {
                    MongoClientSettings.Builder settings = MongoClientSettings.builder();
                    context.getBeanProvider(MongoClientSettingsBuilderCustomizer.class)
                            .orderedStream()
                            .forEach(customizer -> customizer.customize(settings));
                    expectations.accept(settings.build());
                });
    }
}
