package app.users.faults;

import app.users.faults.Command.Try;
import app.users.faults.History.Read;
import app.users.faults.Known.Credentials;
import app.users.faults.Known.Former;
import app.users.faults.Observed.Published;
import app.users.faults.Observed.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small history of two people, after which everything is as it should be. Anna registers, changes surname, email and password
 * and asks for a code; Boris registers and leaves. Tests break one part of it.
 */
final class Example {

    static final long ANNA = 1;
    static final long BORIS = 2;
    static final String CODE_MAIL = "a6";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Former FORMER = new Former(List.of("anna@old.example"), List.of("old"), List.of());

    final List<Command> commands = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    final List<Published> records = new ArrayList<>();
    final Map<Long, Map<String, String>> profiles = new HashMap<>();
    final Map<Credentials, Integer> signIns = new HashMap<>();
    final Map<Long, Integer> registrations = new HashMap<>();
    final List<String> mails = new ArrayList<>(List.of("a4", CODE_MAIL));
    final Set<String> refusedMails = new HashSet<>();
    final Map<String, String> anna = profile("anna@new.example", "+79960000001", "Arc");
    int interrupted;
    int dropped;

    Example() {
        command("register", ANNA, "user.registered.v1");
        row(ANNA, 1, "a1", "user.registered.v1", "register-1", "{\"user\":1,\"executor\":true,\"personal\":\"x\"}");
        record(rows.getLast(), """
                {"user":1,"surname":"A","name":"N","patronymic":"","address":"","email":"anna@old.example",\
                "number":"+79960000001","executor":true}""");
        change("surname", 2, "user.profile-changed.v1", "{\"user\":1,\"surname\":{\"from\":\"A\",\"to\":\"Arc\"}}");
        change(
                "email",
                3,
                "user.email-changed.v1",
                "{\"user\":1,\"from\":\"anna@old.example\",\"to\":\"anna@new.example\"}");
        row(ANNA, 4, "a4", "user.notice-requested.v1", "email-1", "{\"user\":1,\"personal\":\"x\"}");
        record(rows.getLast(), "{\"user\":1,\"email\":\"anna@old.example\"}");
        change("password", 5, "user.password-changed.v1", "{\"user\":1}");
        change("code", 6, "user.email-confirmation-requested.v1", "{\"user\":1,\"email\":\"anna@new.example\"}");
        command("register2", BORIS, "user.registered.v1");
        row(BORIS, 1, "b1", "user.registered.v1", "register2-1", "{\"user\":2,\"personal\":\"x\"}");
        command("leave", BORIS, "user.erased.v1");
        row(BORIS, 2, "b2", "user.erased.v1", "leave-1", "{\"user\":2}");
        records.add(new Published(BORIS, 1, "b1", "user.registered.v1", JSON.readTree("{\"user\":2}")));
        record(rows.getLast(), "{\"user\":2}");
        records.add(new Published(BORIS, 1, "b1", "", null));
        profiles.put(ANNA, new TreeMap<>(anna));
        history().people().forEach(person -> {
            person.accepted().forEach(c -> signIns.put(c, 200));
            person.refused().forEach(c -> signIns.put(c, 401));
        });
        registrations.put(BORIS, 201);
    }

    private static Map<String, String> profile(String email, String number, String surname) {
        return new TreeMap<>(Map.of(
                "surname", surname,
                "name", "N",
                "patronymic", "",
                "address", "",
                "email", email,
                "number", number,
                "executor", "true",
                "confirmed_email", "false",
                "confirmed_number", "false"));
    }

    /** The first try had no answer, the second one was told that it is done. */
    private void command(String name, long user, String event) {
        List<Try> tries = List.of(new Try(name + "-1", 0, 0), new Try(name + "-2", 200, 0));
        commands.add(new Command(name, user, List.of(event), tries, true));
    }

    private void change(String name, long version, String type, String value) {
        command(name, ANNA, type);
        row(ANNA, version, "a" + version, type, name + "-1", "{\"user\":1,\"personal\":\"x\"}");
        record(rows.getLast(), value);
    }

    private void row(long user, long version, String id, String type, String request, String payload) {
        rows.add(new Row(user, version, id, type, request, JSON.readTree(payload)));
    }

    private void record(Row row, String value) {
        records.add(new Published(row.user(), row.version(), row.id(), row.type(), json(value)));
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** One more row, made by the second try of a command. */
    void doneAgain(String command, String type) {
        long version = rows.stream().filter(row -> row.user() == ANNA).count() + 1;
        row(ANNA, version, "again", type, command + "-2", "{\"user\":1,\"personal\":\"x\"}");
        record(rows.getLast(), "{\"user\":1}");
    }

    /** Only the client knows of it, not the rest of the example. */
    void takeBackTheFormerEmail() {
        anna.put("email", "anna@old.example");
        signIns.put(new Credentials("anna@old.example", "new"), 200);
        signIns.put(new Credentials("anna@old.example", "old"), 401);
    }

    History history() {
        Known first = new Known(ANNA, false, anna, "new", FORMER);
        Known second = new Known(
                BORIS,
                true,
                profile("boris@example.org", "+79960000002", "B"),
                "b",
                new Former(List.of(), List.of(), List.of()));
        return new History(commands, reads, List.of(first, second), interrupted);
    }

    List<Finding> findings() {
        return Judge.findings(
                history(), new Observed(rows, records, profiles, signIns, registrations, mails, refusedMails, dropped));
    }
}
