import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Queue;

/** One client with its connection, the person it acts for and that person's tokens. */
final class Visitor implements Closeable {

    /** An answer that no scenario provokes on purpose. */
    static final class Unexpected extends RuntimeException {
        Unexpected(String call, Connection.Answer answer) {
            super(call + " -> " + answer.status() + " " + answer.body());
        }
    }

    private final Connection connection;

    /** People who are registered; whoever acts for one takes them out, so that no two visitors meet in one person. */
    private final Queue<Person> people;

    private Person person = new Person("", "", "");
    private String access = "";
    private String refresh = "";
    private long changes;

    Visitor(URI base, Queue<Person> people) throws IOException {
        this(base, people, "");
    }

    /** @param from the visitor's address, as for {@link Connection} */
    Visitor(URI base, Queue<Person> people, String from) throws IOException {
        this.connection = new Connection(base, from);
        this.people = people;
    }

    void register() throws IOException {
        Person next = Person.next();
        call(201, "POST", "auth/registration/", "", next.registration());
        people.add(next);
    }

    /** Takes a registered person, after registering one if there is none. */
    void choosePerson() throws IOException {
        Person chosen = people.poll();
        while (chosen == null) {
            register();
            chosen = people.poll();
        }
        person = chosen;
    }

    void givePersonBack() {
        people.add(person);
    }

    void signIn() throws IOException {
        keep(call(200, "POST", "auth/token/", "", person.credentials()));
    }

    void refresh() throws IOException {
        keep(call(200, "POST", "auth/token/refresh", "", "{\"refresh\":\"" + refresh + "\"}"));
    }

    void readProfile() throws IOException {
        call(200, "GET", "user/", access, "");
    }

    void readExecutors() throws IOException {
        call(200, "GET", "user/executor/", access, "");
    }

    void changeProfile() throws IOException {
        call(200, "PATCH", "user/", access, "{\"surname\":\"Petrov" + ++changes + "\"}");
    }

    void leave() throws IOException {
        call(200, "DELETE", "user/", access, "");
    }

    private void keep(Connection.Answer tokens) {
        access = tokens.field("access");
        refresh = tokens.field("refresh");
    }

    private Connection.Answer call(int expected, String method, String path, String token, String body)
            throws IOException {
        Connection.Answer answer = connection.send(method, "/users/" + path, token, body);
        if (answer.status() != expected) {
            throw new Unexpected(method + " " + path, answer);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
