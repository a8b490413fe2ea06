package app.users.command.keys;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys of stored data. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeyProperties.class)
public class KeysConfiguration {

    @Bean
    UserKeys userKeys(JdbcTemplate jdbc, KeyProperties keys) {
        return new UserKeys(jdbc, keys.masterKeys());
    }

    @Bean
    MasterKeyRotation masterKeyRotation(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, UserKeys userKeys, KeyProperties keys) {
        return new MasterKeyRotation(jdbc, new TransactionTemplate(transactions), userKeys, keys.masterKeys());
    }

    @Bean
    KeyedHash keyedHash(KeyProperties keys) {
        return new KeyedHash(keys.hashKey().bytes());
    }
}
