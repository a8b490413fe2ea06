import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How long people at other addresses wait for a sign-in while one client floods a running system, as a Markdown table. People
 * sign in five times a second, whether the earlier ones have been answered or not. The flood repeats its request as soon as it is
 * answered. Before each flood the same sign-ins are measured without it. Limits must be the default ones. Needs Linux, for the addresses, and a JDK: {@code java Floods.java --seconds 20}.
 */
final class Floods {

    private static final Map<String, String> OPTIONS = new HashMap<>(
            Map.of("--base", "http://127.0.0.1:8080", "--seconds", "20", "--warmup", "30", "--pause", "10", "--only", ""));

    private static final Duration BETWEEN_SIGN_INS = Duration.ofMillis(200);
    private static final int PEOPLE = 20;
    private static final String HOME = "127.0.1.1";

    /** What one client repeats on many connections. */
    private enum Flood {
        CURRENT_PASSWORD("wrong `current_password` of one user", 300),
        WRONG_PASSWORD("sign-ins with a wrong password for one email", 100),
        UNKNOWN_EMAIL("sign-ins, each with a different unknown email", 100),
        REGISTRATION("registrations", 100);

        private final String title;
        private final int connections;

        Flood(String title, int connections) {
            this.title = title;
            this.connections = connections;
        }

        private String address() {
            return "127.0.2." + (1 + ordinal());
        }

        private Connection.Answer send(Connection connection, Person victim, String access) throws IOException {
            return switch (this) {
                case CURRENT_PASSWORD ->
                    connection.send(
                            "PATCH",
                            "/users/user/",
                            access,
                            "{\"password\":\"another Passw0rd\",\"current_password\":\"a wrong one\"}");
                case WRONG_PASSWORD -> signIn(connection, victim.email());
                case UNKNOWN_EMAIL -> signIn(connection, Person.next().email());
                case REGISTRATION ->
                    connection.send(
                            "POST",
                            "/users/auth/registration/",
                            "",
                            Person.next().registration());
            };
        }

        private static Connection.Answer signIn(Connection connection, String email) throws IOException {
            return connection.send(
                    "POST", "/users/auth/token/", "", "{\"email\":\"" + email + "\",\"password\":\"a wrong one\"}");
        }
    }

    private final URI base;
    private final List<Person> people = new ArrayList<>();
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger turns = new AtomicInteger();

    private Floods(URI base) {
        this.base = base;
    }

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.containsKey(arguments[i]) || i + 1 == arguments.length) {
                System.err.println("usage: java Floods.java [--base URL] [--seconds S] [--warmup S] [--pause S] [--only FLOOD,...]\nfloods: "
                        + Arrays.toString(Flood.values()));
                System.exit(2);
            }
            OPTIONS.put(arguments[i], arguments[i + 1]);
        }
        new Floods(URI.create(OPTIONS.get("--base"))).run();
    }

    private void run() throws Exception {
        try (Connection connection = new Connection(base, HOME)) {
            for (int i = 0; i < PEOPLE; i++) {
                Person person = Person.next();
                expect(201, connection.send("POST", "/users/auth/registration/", "", person.registration()));
                people.add(person);
                Thread.sleep(100); // the limit of a second is for floods
            }
        }
        signInFor(seconds("--warmup"));
        System.out.println(
                "| flood from one address | connections | quiet p50 ms | p50 ms | to quiet | quiet p99 ms | p99 ms | max ms | not 200 | answers to the flood a second |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        List<String> only = Arrays.asList(OPTIONS.get("--only").split(","));
        for (Flood flood : Flood.values()) {
            if (only.contains("") || only.contains(flood.name().toLowerCase(Locale.ROOT))) {
                Thread.sleep(seconds("--pause"));
                during(flood);
            }
        }
        System.exit(0); // connections that are still waited for need not be
    }

    private void during(Flood flood) throws Exception {
        Person victim = Person.next();
        String access;
        try (Connection connection = new Connection(base, HOME)) {
            expect(201, connection.send("POST", "/users/auth/registration/", "", victim.registration()));
            Connection.Answer tokens = connection.send("POST", "/users/auth/token/", "", victim.credentials());
            expect(200, tokens);
            access = tokens.field("access");
        }
        Times quiet = signInFor(seconds("--seconds"));
        Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < flood.connections; i++) {
            clients.add(Thread.ofVirtual()
                    .start(() -> repeat(
                            flood,
                            victim,
                            access,
                            answer -> answers.computeIfAbsent(answer, a -> new LongAdder())
                                    .increment())));
        }
        long begun = System.nanoTime();
        Times times = signInFor(seconds("--seconds"));
        double length = (System.nanoTime() - begun) / 1e9;
        clients.forEach(Thread::interrupt);
        print(
                flood,
                quiet,
                times,
                new TreeMap<>(answers)
                        .entrySet().stream()
                                .map(e -> "%s: %.1f".formatted(e.getKey(), e.getValue().sum() / length))
                                .collect(Collectors.joining(", ")));
    }

    private void repeat(Flood flood, Person victim, String access, Consumer<String> answers) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = new Connection(base, flood.address())) {
                while (!Thread.currentThread().isInterrupted()) {
                    answers.accept(Integer.toString(
                            flood.send(connection, victim, access).status()));
                }
            } catch (IOException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    answers.accept("cut off");
                }
            }
        }
    }

    /** Times and outcomes of one length of time. */
    private record Times(Queue<Long> nanos, Map<String, LongAdder> failures) {

        Times() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentHashMap<>());
        }

        void failed(String how) {
            failures.computeIfAbsent(how, h -> new LongAdder()).increment();
        }


        double millisAt(double share) {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
        }
    }

    private Times signInFor(Duration length) throws InterruptedException {
        Times times = new Times();
        List<Thread> signIns = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        for (long next = System.nanoTime(); next < end; next += BETWEEN_SIGN_INS.toNanos()) {
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            signIns.add(Thread.ofVirtual().start(() -> signIn(times)));
        }
        for (Thread signIn : signIns) {
            signIn.join();
        }
        return times;
    }

    private void signIn(Times times) {
        Person person = people.get(Math.floorMod(turns.getAndIncrement(), PEOPLE));
        long begun = System.nanoTime();
        try {
            int status = signIn(person);
            if (status != 200) {
                times.failed(Integer.toString(status));
            }
        } catch (IOException e) {
            times.failed("cut off");
        }
        times.nanos.add(System.nanoTime() - begun);
    }

    /** On another connection if the server has closed the idle one. */
    private int signIn(Person person) throws IOException {
        Connection connection = idle.poll();
        if (connection != null) {
            try {
                return signIn(person, connection);
            } catch (EOFException | SocketException closed) {
                connection.close();
            }
        }
        return signIn(person, new Connection(base, HOME));
    }

    private int signIn(Person person, Connection connection) throws IOException {
        int status = connection
                .send("POST", "/users/auth/token/", "", person.credentials())
                .status();
        idle.push(connection);
        return status;
    }

    private static void print(Flood flood, Times quiet, Times times, String answers) {
        System.out.printf(
                "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %s | %s |%n",
                flood.title,
                flood.connections,
                quiet.millisAt(0.5),
                times.millisAt(0.5),
                times.millisAt(0.5) / quiet.millisAt(0.5),
                quiet.millisAt(0.99),
                times.millisAt(0.99),
                times.millisAt(1),
                times.failures.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining(", ")),
                answers);
    }

    private static void expect(int status, Connection.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", got " + answer.status() + " " + answer.body());
        }
    }

    private static Duration seconds(String option) {
        return Duration.ofSeconds(Long.parseLong(OPTIONS.get(option)));
    }
}
