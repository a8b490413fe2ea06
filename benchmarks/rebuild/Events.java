package app.users.command.store;

import app.users.command.keys.UserKeys;
import app.users.command.keys.WrappedKey;
import app.users.events.Change;
import app.users.events.UserEvent;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.UserRegistered;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Fills the store of a running {@code ./run} with generated users of ten events each: they register, and change nine
 * times. They come in waves whose order is shuffled; in a wave each does a few things one after the other, as people do
 * who visit: with one thing a visit, neighbours in the log are always different people. Personal fields are encrypted as
 * ever. Arguments: the data folder, how many users, how many events a visit, the port of PostgreSQL.
 */
final class Events {

    private static final int EVENTS = 10;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        int users = Integer.parseInt(arguments[1]);
        int visit = Integer.parseInt(arguments[2]);
        String url = "jdbc:postgresql://127.0.0.1:" + arguments[3] + "/postgres?reWriteBatchedInserts=true";
        Properties secrets = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("secrets.properties"))) {
            secrets.load(file);
        }
        byte[] master = Base64.getDecoder().decode(secrets.getProperty("users.master-key"));
        String password = secrets.getProperty("postgres.owner-password");
        try (var keysAt = new SingleConnectionDataSource(url, "users_owner", password, true);
                var connection = DriverManager.getConnection(url, "users_owner", password)) {
            JdbcTemplate jdbc = new JdbcTemplate(keysAt);
            UserKeys keys = new UserKeys(jdbc, master);
            long first = jdbc.queryForObject(
                    "select setval('user_id_seq', greatest(nextval('user_id_seq'), 1000) + ?)", Long.class, users) - users;
            List<Long> ids = new ArrayList<>(
                    LongStream.range(first, first + users).boxed().toList());
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            CopyIn rows = copy.copyIn("copy user_key (user_id, wrapped, master_key) from stdin");
            for (long id : ids) {
                WrappedKey key = keys.wrapNew(id);
                write(rows, id + "\t\\\\x" + HexFormat.of().formatHex(key.bytes()) + "\t" + key.masterKey() + "\n");
            }
            rows.endCopy();
            EventSerializer serializer =
                    new EventSerializer(Jackson3Serializer.builder().build(), keys);
            Random random = new Random(1);
            for (int begin = 0; begin < EVENTS; begin += visit) {
                Collections.shuffle(ids, random);
                int end = Math.min(begin + visit, EVENTS);
                append(copy.copyIn("copy domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type,"
                        + " time_stamp, payload_type, payload, meta_data) from stdin"), ids, begin, end, serializer);
                System.out.printf("%d of %d events%n", (long) end * users, (long) EVENTS * users);
            }
        }
    }

    private static void append(CopyIn rows, List<Long> ids, int begin, int end, EventSerializer serializer)
            throws SQLException {
        for (long id : ids) {
            for (int version = begin; version < end; version++) {
                append(rows, id, version, serializer);
            }
        }
        rows.endCopy();
    }

    private static void append(CopyIn rows, long id, int version, EventSerializer serializer) throws SQLException {
        SerializedObject<String> event = serializer.serialize(event(id, version), String.class);
        write(
                rows,
                String.join(
                        "\t",
                        UUID.randomUUID().toString(),
                        Long.toString(id),
                        Integer.toString(version),
                        "User",
                        BEGIN.plusSeconds(version).toString().replace("Z", ".000Z"),
                        event.getType().getName(),
                        event.getData().replace("\\", "\\\\"),
                        "{\"actor\": \"" + id + "\", \"channel\": \"import\"}") + "\n");
    }

    private static UserEvent event(long id, int version) {
        String number = "+7%010d".formatted(9_000_000_000L + id);
        return switch (version) {
            case 0 -> new UserRegistered(
                    id, "Surname " + id, "Name", "Patronymic", "Some street 1", "u" + id + "@example.com", number, true);
            case 2, 6 -> new ExecutorChanged(id, version == 2, version != 2);
            case 4 -> new NumberChanged(id, number, number.replace("+79", "+78"));
            case 5 -> new PasswordChanged(id, 1, null);
            case 8 -> new SessionEnded(id, UUID.randomUUID().toString(), SessionEnded.Reason.REVOKED);
            default -> new ProfileChanged(
                    id, new Change("Surname " + (version - 1), "Surname " + version), null, null, null);
        };
    }

    private static void write(CopyIn rows, String line) throws SQLException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        rows.writeToCopy(bytes, 0, bytes.length);
    }
}
