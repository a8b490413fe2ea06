package app.users.testservers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.testcontainers.DockerClientFactory;

/** The two ways to have servers. */
sealed interface Servers permits ContainerServers, EmbeddedTestServers {

    Servers CHOSEN = hasDockerEngine() ? new ContainerServers() : new EmbeddedTestServers();

    /** The address of one of its databases. */
    String postgresUrl();

    Connection superuser(String database) throws SQLException;

    String kafka();

    String mongoUri();

    Mailbox mail();

    /** Looks for the socket first: asking Testcontainers without one takes seconds and fills the log. */
    private static boolean hasDockerEngine() {
        boolean socket = System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"));
        return socket && DockerClientFactory.instance().isDockerAvailable();
    }
}
