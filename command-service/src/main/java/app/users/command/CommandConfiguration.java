package app.users.command;

import app.users.command.aggregate.AggregateConfiguration;
import app.users.command.confirmation.ConfirmationConfiguration;
import app.users.command.credentials.CredentialsConfiguration;
import app.users.command.docs.DocsConfiguration;
import app.users.command.idempotency.IdempotencyConfiguration;
import app.users.command.keys.KeysConfiguration;
import app.users.command.leaving.LeavingConfiguration;
import app.users.command.password.ForgottenPasswordConfiguration;
import app.users.command.profile.ProfileConfiguration;
import app.users.command.registration.RegistrationConfiguration;
import app.users.command.relay.RelayConfiguration;
import app.users.command.replay.ReplayConfiguration;
import app.users.command.security.SecurityConfiguration;
import app.users.command.signin.SignInConfiguration;
import app.users.command.store.StoreConfiguration;
import app.users.command.throttle.ThrottleConfiguration;
import app.users.events.Topics;
import app.users.kafka.TopicOffsets;
import app.users.management.ServerHealth;
import app.users.web.WebConfiguration;
import app.users.web.page.PageConfiguration;
import app.users.web.page.Part;
import app.users.web.route.Owner;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The command service: everything that writes. */
@Configuration(proxyBeanMethods = false)
@Import({
    WebConfiguration.class,
    PageConfiguration.class,
    KeysConfiguration.class,
    StoreConfiguration.class,
    RelayConfiguration.class,
    ReplayConfiguration.class,
    SecurityConfiguration.class,
    ThrottleConfiguration.class,
    CredentialsConfiguration.class,
    IdempotencyConfiguration.class,
    AggregateConfiguration.class,
    RegistrationConfiguration.class,
    ProfileConfiguration.class,
    ConfirmationConfiguration.class,
    ForgottenPasswordConfiguration.class,
    LeavingConfiguration.class,
    SignInConfiguration.class,
    DocsConfiguration.class
})
public class CommandConfiguration {

    @Bean
    Owner commandOwner() {
        return Owner.COMMAND;
    }

    @Bean
    Part commandDatabasePart(JdbcTemplate jdbc) {
        return Part.of("database", () -> !jdbc.queryForList("select 1").isEmpty());
    }

    @Bean
    Part commandKafkaPart(TopicOffsets offsets) {
        return Part.of("kafka", () -> !offsets.ends(List.of(Topics.EVENTS)).isEmpty());
    }

    @Bean
    Clock commandClock() {
        return Clock.systemUTC();
    }

    @Bean
    HealthIndicator commandDatabaseHealthIndicator(JdbcTemplate jdbc) {
        return new ServerHealth("PostgreSQL", () -> {
            jdbc.execute("select 1");
            return Health.up().build();
        });
    }
}
