import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds views beside those that serve in a running {@code ./run} while people read their profiles, compares the two and
 * drops the new ones. Prints a Markdown table of what happened every five seconds. Arguments: the name of the new
 * database, reads a second, the pid of the process that builds, the management token.
 */
final class Rebuild {

    private static final String USERS = "http://127.0.0.1:8080/users/";
    private static final String VIEWS = "http://127.0.0.1:8090/actuator/views";
    private static final Duration ROW = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String database;
    private final String pid;
    private final String token;
    private final Queue<Double> readMillis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();

    private Rebuild(String database, String pid, String token) {
        this.database = database;
        this.pid = pid;
        this.token = token;
    }

    public static void main(String[] arguments) throws Exception {
        int perSecond = Integer.parseInt(arguments[1]);
        Rebuild rebuild = new Rebuild(arguments[0], arguments[2], arguments[3]);
        List<String> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readers.add(signedIn("reader" + System.nanoTime() + "@bench.example"));
        }
        AtomicInteger next = new AtomicInteger();
        try (var clock = Executors.newSingleThreadScheduledExecutor();
                var reads = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.scheduleAtFixedRate(
                    () -> reads.submit(() -> rebuild.read(readers.get(next.getAndIncrement() % readers.size()))),
                    0,
                    1_000_000 / perSecond,
                    TimeUnit.MICROSECONDS);
            rebuild.run();
            clock.shutdownNow();
        }
    }

    private void run() throws Exception {
        System.out.println("| events | events/s | CPU us an event | memory MiB | reads | p50 ms | p99 ms | failed |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        row("before", "", "", ROW);
        long begin = System.nanoTime();
        long cpuAtBegin = cpuMillis();
        send("POST", VIEWS, token, "{\"database\":\"" + database + "\"}");
        long events = 0;
        long of;
        do {
            long time = System.nanoTime();
            long cpu = cpuMillis();
            long before = events;
            TimeUnit.NANOSECONDS.sleep(ROW.toNanos());
            String state = state();
            events = number(state, "events");
            of = number(state, "of");
            row(events + "", rate(events - before, time), micros(cpuMillis() - cpu, events - before), Duration.ZERO);
        } while (of == 0 || events < of);
        System.out.printf("%nAll: %d events, %s events/s, %s us of CPU an event.%n", events, rate(events, begin), micros(cpuMillis() - cpuAtBegin, events));
        System.out.println("Compared: " + send("GET", VIEWS + "/" + database, token, "").body());
        send("DELETE", VIEWS + "/" + database, token, "");
    }

    private void row(String events, String rate, String micros, Duration wait) throws Exception {
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        List<Double> reads = new ArrayList<>();
        for (Double read = readMillis.poll(); read != null; read = readMillis.poll()) {
            reads.add(read);
        }
        reads.sort(null);
        int count = reads.size();
        System.out.printf(
                "| %s | %s | %s | %d | %d | %.1f | %.1f | %d |%n",
                events, rate, micros, residentMebibytes(), count, reads.get(count / 2), reads.get(count * 99 / 100), failed.getAndSet(0));
    }

    private void read(String access) {
        long begin = System.nanoTime();
        try {
            if (send("GET", USERS + "user/", access, "").statusCode() != 200) {
                failed.incrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            failed.incrementAndGet();
        }
        readMillis.add((System.nanoTime() - begin) / 1e6);
    }

    private static String rate(long events, long since) {
        return "%.0f".formatted(events * 1e9 / (System.nanoTime() - since));
    }

    private static String micros(long cpuMillis, long events) {
        return "%.0f".formatted(cpuMillis * 1e3 / Math.max(1, events));
    }

    private String state() throws Exception {
        Matcher state = Pattern.compile("\\{\"database\":\"" + database + "\".*?}").matcher(send("GET", VIEWS, token, "").body());
        return state.find() ? state.group() : "\"events\":0,\"of\":0";
    }

    private static long number(String json, String field) {
        Matcher number = Pattern.compile("\"" + field + "\":(\\d+)").matcher(json);
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    private long residentMebibytes() throws IOException {
        return number(Files.readString(Path.of("/proc", pid, "status")).replaceAll("VmRSS:\\s+", "\"rss\":"), "rss") / 1024;
    }

    /** User and system time are fields 14 and 15, in ticks of 10 ms; the name before them ends with a bracket. */
    private long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    private static String signedIn(String email) throws Exception {
        String number = "+79%09d".formatted(System.nanoTime() % 1_000_000_000);
        send("POST", USERS + "auth/registration/", "", """
                {"surname":"Ivanov","name":"Ivan","patronymic":"Ivanovich","address":"12 Main Street, Springfield",\
                "email":"%s","number":"%s","password":"Str0ng-Passw0rd!"}""".formatted(email, number));
        String tokens = send("POST", USERS + "auth/token/", "", """
                {"email":"%s","password":"Str0ng-Passw0rd!"}""".formatted(email)).body();
        Matcher access = Pattern.compile("\"access\":\"([^\"]+)\"").matcher(tokens);
        if (!access.find()) {
            throw new IllegalStateException("nobody to read: " + tokens);
        }
        return access.group(1);
    }

    private static HttpResponse<String> send(String method, String uri, String access, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!access.isEmpty()) {
            request.header("Authorization", "Bearer " + access);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
