package app.users.faults;

import app.users.faults.Known.Credentials;
import app.users.faults.Observed.Published;
import app.users.faults.Observed.Row;
import app.users.system.Answer;
import app.users.system.Client;
import app.users.system.EventTopic;
import app.users.system.JavaProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a system after the last command: sign-ins and registrations once, all else each time that it is asked. */
final class Observer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "horse battery staple";
    private static final String SELECT = """
            SELECT aggregate_identifier, sequence_number + 1, event_identifier, payload_type, meta_data ->> 'request', payload
            FROM domain_event_entry ORDER BY global_index""";

    private static final Pattern LOGGED = Pattern.compile("request ([0-9a-f-]{36}) is ([a-z]+-[0-9]+) of the client");

    private final Installation system;
    private final Requests requests;
    private final Map<Credentials, Integer> signIns = new HashMap<>();
    private final Map<Long, String> tokens = new HashMap<>();
    private final Map<Long, Integer> registrations = new HashMap<>();

    Observer(Installation system, History history) {
        this.system = system;
        requests = new Requests(new Journal(CommandRules.OBSERVER), Client.of(system.users()), new Random(0));
        for (Known person : history.people()) {
            person.accepted().forEach(credentials -> signIn(person, credentials));
            person.refused().forEach(credentials -> signIn(person, credentials));
        }
        history.people().stream().filter(Known::erased).forEach(this::register);
    }

    private void signIn(Known person, Credentials credentials) {
        String body = Session.credentials(credentials.login(), credentials.password());
        Answer answer = requests.send("POST", "auth/token/", body, null).answer();
        signIns.put(credentials, answer.status());
        if (answer.status() == 200) {
            tokens.put(person.user(), answer.text("access"));
        }
    }

    /** Leaves at once, since another erased user may have had the same email. */
    private void register(Known person) {
        String body = JSON.createObjectNode()
                .put("surname", "Again")
                .put("name", "Again")
                .put("email", person.email())
                .put("number", person.number())
                .put("password", PASSWORD)
                .toString();
        int status =
                requests.send("POST", "auth/registration/", body, null).answer().status();
        registrations.put(person.user(), status);
        if (status == 201) {
            String credentials = Session.credentials(person.email(), PASSWORD);
            Answer tokens =
                    requests.send("POST", "auth/token/", credentials, null).answer();
            requests.send("DELETE", "user/", null, tokens.text("access"));
        }
    }

    Observed observe() {
        return new Observed(
                rows(),
                records(),
                profiles(),
                signIns,
                registrations,
                system.mails().events(),
                system.mails().refused(),
                system.mails().dropped());
    }

    private List<Row> rows() {
        Map<String, String> ids = requestIds();
        List<Row> rows = new ArrayList<>();
        try (Connection connection = system.eventStore().connectAsOwner();
                PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                String request = String.valueOf(found.getString(5));
                rows.add(new Row(
                        found.getLong(1),
                        found.getLong(2),
                        found.getString(3),
                        found.getString(4),
                        ids.getOrDefault(request, request),
                        JSON.readTree(found.getString(6))));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the client called a request, by the id that a service gave it. */
    private static Map<String, String> requestIds() {
        Map<String, String> ids = new HashMap<>();
        JavaProcess.linesPrinted(line -> {
            Matcher logged = LOGGED.matcher(line);
            if (logged.find()) {
                ids.put(logged.group(1), logged.group(2));
            }
        });
        return ids;
    }

    private List<Published> records() {
        return new EventTopic(system.kafka())
                .records().stream()
                        .map(record -> new Published(
                                record.key().user(),
                                record.key().version(),
                                record.headers().getOrDefault("ce_id", ""),
                                record.type(),
                                record.event()))
                        .toList();
    }

    private Map<Long, Map<String, String>> profiles() {
        Map<Long, Map<String, String>> profiles = new HashMap<>();
        tokens.forEach((user, access) -> {
            Answer answer = requests.send("GET", "user/", null, access).answer();
            if (answer.status() == 200) {
                profiles.put(user, ProfileFields.of(answer.json()));
            }
        });
        return profiles;
    }
}
