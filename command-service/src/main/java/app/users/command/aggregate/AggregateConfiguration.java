package app.users.command.aggregate;

import app.users.command.credentials.Credentials;
import app.users.command.idempotency.StoredAnswers;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.user.CodeRules;
import app.users.events.ConfirmationCode;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The aggregate and what its commands use. */
@Configuration(proxyBeanMethods = false)
@Import(User.class)
@EnableConfigurationProperties({ConfirmationProperties.class, NoticeProperties.class})
public class AggregateConfiguration {

    @Bean
    Claims claims(JdbcTemplate jdbc, KeyedHash hash) {
        return new Claims(jdbc, hash);
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
    Notices notices(Tally tally, NoticeProperties properties) {
        return new Notices(tally, properties);
    }

    @Bean
    Erasure erasure(JdbcTemplate jdbc, UserKeys keys, Claims claims, Credentials credentials, StoredAnswers answers) {
        return new Erasure(jdbc, keys, claims, credentials, answers);
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }
}
