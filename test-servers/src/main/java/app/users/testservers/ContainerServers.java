package app.users.testservers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The real servers in containers, but for mail; Testcontainers removes them after the JVM. */
final class ContainerServers implements Servers {

    private static final class Postgres {
        static final PostgreSQLContainer SERVER = new PostgreSQLContainer(DockerImageName.parse("postgres:17.6"));

        static {
            SERVER.start();
        }
    }

    private static final class Kafka {
        static final KafkaContainer SERVER = new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.1"));

        static {
            SERVER.start();
        }
    }

    private static final class Mongo {
        static final MongoDBContainer SERVER = new MongoDBContainer(DockerImageName.parse("mongo:8.0"));

        static {
            SERVER.start();
        }
    }

    @Override
    public String postgresUrl() {
        return Postgres.SERVER.getJdbcUrl();
    }

    @Override
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                TestServers.url(postgresUrl(), database), Postgres.SERVER.getUsername(), Postgres.SERVER.getPassword());
    }

    @Override
    public String kafka() {
        return Kafka.SERVER.getBootstrapServers();
    }

    @Override
    public String mongoUri() {
        return Mongo.SERVER.getConnectionString();
    }

    /** The one that comes along: it is a phone too. */
    @Override
    public Mailbox mail() {
        return new EmbeddedTestServers().mail();
    }
}
