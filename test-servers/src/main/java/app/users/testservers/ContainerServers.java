package app.users.testservers;

import app.users.testservers.TestServers.Database;
import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The real servers in containers; Testcontainers removes them after the JVM. */
final class ContainerServers implements Servers {

    private static final int SMTP = 1025;
    private static final int WEB = 8025;

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

    private static final class Mail {
        static final GenericContainer<?> SERVER =
                new GenericContainer<>(DockerImageName.parse("axllent/mailpit:v1.27")).withExposedPorts(SMTP, WEB);

        static {
            SERVER.start();
        }
    }

    @Override
    public Database postgres() {
        return new Database(Postgres.SERVER.getJdbcUrl(), Postgres.SERVER.getUsername(), Postgres.SERVER.getPassword());
    }

    @Override
    public String kafka() {
        return Kafka.SERVER.getBootstrapServers();
    }

    @Override
    public String mongoUri() {
        return Mongo.SERVER.getConnectionString();
    }

    @Override
    public Mailbox mail() {
        String host = Mail.SERVER.getHost();
        URI listing = URI.create("http://" + host + ":" + Mail.SERVER.getMappedPort(WEB) + "/api/v1/messages");
        return new Mailbox(host, Mail.SERVER.getMappedPort(SMTP), listing);
    }
}
