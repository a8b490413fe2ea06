import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whether the time of a refused sign-in tells who exists: tries unknown, wrong and erased in turns, in random order, one after
 * the other, and prints a Markdown table. {@code java Refusals.java [base URL] [tries of each]}. Limits have to be lifted.
 */
final class Refusals {

    private enum Whom {
        UNKNOWN,
        WRONG,
        ERASED
    }

    private static final int WARM_UP = 100;
    private static final int PEOPLE = 20;

    private final Connection connection;
    private final Map<Whom, List<Person>> people = new EnumMap<>(Whom.class);

    private Refusals(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] arguments) throws IOException {
        URI base = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080");
        int tries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        try (Connection connection = new Connection(base)) {
            Refusals refusals = new Refusals(connection);
            refusals.prepare();
            refusals.measure(WARM_UP);
            print(refusals.measure(tries));
        }
    }

    private void prepare() throws IOException {
        for (Whom whom : Whom.values()) {
            List<Person> some = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                Person person = Person.next();
                if (whom != Whom.UNKNOWN) {
                    expect(201, connection.send("POST", "/users/auth/registration/", "", person.registration()));
                }
                if (whom == Whom.ERASED) {
                    var tokens = connection.send("POST", "/users/auth/token/", "", person.credentials());
                    expect(200, tokens);
                    expect(200, connection.send("DELETE", "/users/user/", tokens.field("access"), ""));
                }
                some.add(person);
            }
            people.put(whom, some);
        }
    }

    private Map<Whom, double[]> measure(int tries) throws IOException {
        long seed = System.nanoTime();
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        List<Whom> order = new ArrayList<>();
        Map<Whom, double[]> millis = new EnumMap<>(Whom.class);
        Map<Whom, Integer> done = new EnumMap<>(Whom.class);
        for (Whom whom : Whom.values()) {
            order.addAll(java.util.Collections.nCopies(tries, whom));
            millis.put(whom, new double[tries]);
        }
        java.util.Collections.shuffle(order, random);
        for (Whom whom : order) {
            int number = done.merge(whom, 1, Integer::sum) - 1;
            Person person = people.get(whom).get(number % PEOPLE);
            String body = "{\"email\":\"" + person.email() + "\",\"password\":\"not the password " + number + "\"}";
            long start = System.nanoTime();
            Connection.Answer answer = connection.send("POST", "/users/auth/token/", "", body);
            millis.get(whom)[number] = (System.nanoTime() - start) / 1e6;
            expect(401, answer);
        }
        return millis;
    }

    private static void expect(int status, Connection.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", got " + answer.status() + " " + answer.body());
        }
    }

    /** Differences that are within twice their standard error say nothing. */
    private static void print(Map<Whom, double[]> millis) {
        double[] first = middle(millis.get(Whom.UNKNOWN));
        System.out.println("| whom | tries | p25 ms | p50 ms | p75 ms | mean of the middle half | to unknown | standard error |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        millis.forEach((whom, all) -> {
            double[] middle = middle(all);
            System.out.printf(
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f | %+.2f | %.2f |%n",
                    whom.name().toLowerCase(java.util.Locale.ROOT),
                    all.length,
                    at(all, 0.25),
                    at(all, 0.5),
                    at(all, 0.75),
                    mean(middle),
                    mean(middle) - mean(first),
                    Math.sqrt(variance(middle) / middle.length + variance(first) / first.length));
        });
    }

    private static double at(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static double[] middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.copyOfRange(sorted, sorted.length / 4, sorted.length * 3 / 4);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    }
}
