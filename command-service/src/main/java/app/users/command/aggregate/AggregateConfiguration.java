package app.users.command.aggregate;

import app.users.command.credentials.Credentials;
import app.users.command.idempotency.StoredAnswers;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.throttle.ThrottleProperties;
import app.users.command.user.CodeRules;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode;
import java.time.Clock;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The aggregate and what its commands use. */
@Configuration(proxyBeanMethods = false)
@Import(User.class)
@EnableConfigurationProperties({ConfirmationProperties.class, NoticeProperties.class, TextMessageProperties.class})
public class AggregateConfiguration {

    /** Loading a user reads a snapshot and at most about so many events. */
    private static final int EVENTS_PER_SNAPSHOT = 500;

    @Bean
    Claims claims(JdbcTemplate jdbc, KeyedHash hash, Clock clock, ConfirmationProperties properties) {
        return new Claims(jdbc, hash, clock, properties.exclusiveFor());
    }

    @Bean
    AddressChanges addressChanges(Tally tally, ThrottleProperties throttle) {
        return new AddressChanges(tally, throttle.addressChange());
    }

    @Bean
    Tally tally(JdbcTemplate jdbc, KeyedHash hash, Clock clock) {
        return new Tally(jdbc, hash, clock);
    }

    @Bean
    CodeRules codeRules(ConfirmationProperties properties) {
        return new CodeRules(new ConfirmationCode(properties.key().bytes()), properties.limits());
    }

    @Bean
    CodeTally codeTally(Tally tally, ConfirmationProperties properties) {
        return new CodeTally(tally, properties.limits());
    }

    @Bean
    TextMessages textMessageNumbers(TextMessageProperties properties) {
        return new TextMessages(Set.copyOf(properties.countries()));
    }

    @Bean
    Notices notices(Tally tally, Claims claims, NoticeProperties properties) {
        return new Notices(tally, claims, properties);
    }

    @Bean
    ResetCodes resetCodes(
            JdbcTemplate jdbc,
            KeyedHash hash,
            Tally tally,
            ConfirmationProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new ResetCodes(jdbc, hash, tally, properties.limits(), new TransactionTemplate(transactions), clock);
    }

    @Bean
    Codes userCodes(CodeRules rules, CodeTally tally, ResetCodes resets, Claims claims, TextMessages texts) {
        return new Codes(rules, tally, resets, claims, texts);
    }

    @Bean
    Erasure erasure(
            JdbcTemplate jdbc,
            UserKeys keys,
            Claims claims,
            Credentials credentials,
            ResetCodes resets,
            StoredAnswers answers) {
        return new Erasure(jdbc, keys, claims, credentials, resets, answers);
    }

    @Bean
    Serializer userSnapshotSerializer(Serializer serializer, UserKeys keys) {
        return new SnapshotSerializer(serializer, keys);
    }

    @Bean
    SnapshotFilter userSnapshotFilter() {
        return snapshot -> SnapshotSerializer.REVISION.equals(
                snapshot.getPayload().getType().getRevision());
    }

    @Bean
    SnapshotTriggerDefinition userSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_PER_SNAPSHOT);
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }
}
