package app.users.standalone;

import app.users.command.CommandConfiguration;
import app.users.embedded.PostgresRoles;
import app.users.notification.NotificationConfiguration;
import app.users.query.QueryConfiguration;
import app.users.web.ReadYourWritesConfiguration;
import app.users.web.page.Part;
import com.mongodb.ConnectionString;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The three services, and where their servers are. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    CommandConfiguration.class,
    QueryConfiguration.class,
    NotificationConfiguration.class,
    ReadYourWritesConfiguration.class
})
class StandaloneConfiguration {

    @Bean
    @ConditionalOnProperty(name = "users.embedded.postgres.enabled", matchIfMissing = true)
    JdbcConnectionDetails standalonePostgres(EmbeddedServers servers) {
        var postgres = Objects.requireNonNull(servers.postgres).join();
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return PostgresRoles.SERVICE;
            }

            @Override
            public String getPassword() {
                return postgres.passwords().service();
            }
        };
    }

    @Bean
    @ConditionalOnProperty(name = "users.embedded.postgres.enabled", matchIfMissing = true)
    FlywayConnectionDetails standaloneMigrations(EmbeddedServers servers) {
        var postgres = Objects.requireNonNull(servers.postgres).join();
        return new FlywayConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl();
            }

            @Override
            public String getUsername() {
                return PostgresRoles.OWNER;
            }

            @Override
            public String getPassword() {
                return postgres.passwords().owner();
            }
        };
    }

    @Bean
    @ConditionalOnProperty(name = "users.embedded.mongo.enabled", matchIfMissing = true)
    MongoConnectionDetails standaloneMongo(EmbeddedServers servers) {
        var mongo = Objects.requireNonNull(servers.mongo).join();
        return () -> new ConnectionString(mongo.uri());
    }

    @Bean
    @ConditionalOnProperty(name = "users.embedded.kafka.enabled", matchIfMissing = true)
    KafkaConnectionDetails standaloneKafka(EmbeddedServers servers) {
        var kafka = Objects.requireNonNull(servers.kafka);
        return () -> List.of(kafka.join().bootstrapServers());
    }

    @Bean
    Part standaloneMailsPart(JavaMailSenderImpl server) {
        return Part.of("mails", () -> answers(server));
    }

    private static boolean answers(JavaMailSenderImpl server) {
        try {
            server.testConnection();
            return true;
        } catch (MessagingException e) {
            return false;
        }
    }
}
