package app.users.command.store;

import app.users.start.Server;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** PostgreSQL, which may start after this process. */
final class PostgresServer {

    /** No connection, no such login, no such database, out of resources, stopped by an operator. */
    private static final Set<String> OUTAGES = Set.of("08", "28", "3D", "53", "57");

    private final Server server;

    PostgresServer(JdbcConnectionDetails details) {
        server = new Server("PostgreSQL", addresses(details.getJdbcUrl()));
    }

    /** Waits until a first use of PostgreSQL succeeds; every other failure is thrown. */
    void await(Runnable firstUse) {
        server.await(firstUse, PostgresServer::isOutage);
    }

    private static List<String> addresses(String url) {
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            return List.of();
        }
        String[] hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(parts)).split(",");
        String[] ports = String.valueOf(PGProperty.PG_PORT.getOrDefault(parts)).split(",");
        return IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + ":" + ports[i])
                .toList();
    }

    private static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && OUTAGES.contains(sql.getSQLState().substring(0, 2))) {
                return true;
            }
        }
        return false;
    }
}
