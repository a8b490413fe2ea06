import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Kills one replica of each service while clients read and change profiles, then tells which calls failed and whether an
 * acknowledged change is missing. Needs two replicas of each service:
 *
 * <pre>
 * docker compose up --wait --scale command=2 --scale query=2 --scale notification=2
 * java benchmarks/replicas/KillReplicas.java
 * </pre>
 *
 * While the views of a killed replica move to the other one (some 12 s), reads answer an older state and say so. The program ends
 * with 1 if a call that was safe to repeat failed, a read was older without saying so, or a change was lost.
 */
final class KillReplicas {

    private static final String USERS = "http://localhost:8080/users/";
    private static final int CLIENTS = 8;
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final Pattern ACCESS = Pattern.compile("\"access\":\"([^\"]+)\"");
    private static final Pattern ADDRESS = Pattern.compile("\"address\":\"(\\d+)\"");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, AtomicInteger> COUNTS = new ConcurrentSkipListMap<>();
    /** The last acknowledged change of each client, by access token. */
    private static final Map<String, Long> LAST = new ConcurrentHashMap<>();

    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final AtomicLong WRONG = new AtomicLong();

    private KillReplicas() {}

    /** One person, whose address counts up. */
    private record Client(String email, String number, String password) {

        static Client next(int i) {
            String unique = UUID.randomUUID().toString().substring(0, 8);
            long digits = 1_000_000 + Math.floorMod(UUID.randomUUID().getLeastSignificantBits(), 8_999_999);
            return new Client("load" + i + "-" + unique + "@example.com", "+7996" + digits, "correct horse " + unique);
        }

        void run() {
            String credentials = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
            send("set-up", "POST", "auth/registration/", "", """
                    {"surname":"Load","name":"Load","email":"%s","number":"%s","password":"%s"}""".formatted(email, number, password));
            String token = "";
            long acknowledged = 0;
            for (long n = 1; !DONE.get(); n++) {
                if (n % 50 == 1) {
                    String signedIn = body(send("sign-in (not repeated)", "POST", "auth/token/", "", credentials));
                    token = first(ACCESS, signedIn, token);
                }
                String change = "{\"address\":\"" + n + "\"}";
                if (succeeded(send("change with a key", "PATCH", "user/", token, change))) {
                    acknowledged = n;
                }
                HttpResponse<String> read = send("read", "GET", "user/", token, "");
                long shown = Long.parseLong(first(ADDRESS, body(read), "0"));
                if (succeeded(read) && shown < acknowledged) {
                    if (read.headers().firstValue("Warning").isPresent()) {
                        count("read: older than the last change, and says so (Warning: 110)");
                    } else {
                        wrong("read %d after %d was acknowledged".formatted(shown, acknowledged));
                    }
                }
            }
            LAST.put(token, acknowledged);
        }
    }

    void main() throws IOException, InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(Client.next(i)::run));
        }
        phase("all replicas are there");
        for (String service : List.of("query", "command", "notification")) {
            String replica = docker("compose", "ps", "-q", service).lines().findFirst().orElseThrow();
            docker("kill", replica);
            phase("killed one of " + service);
            docker("start", replica);
            phase("started it again");
        }
        DONE.set(true);
        for (Thread client : clients) {
            client.join();
        }
        phase("all replicas are there again");
        LAST.forEach((token, acknowledged) -> {
            long shown = Long.parseLong(first(ADDRESS, body(send("last read", "GET", "user/", token, "")), "0"));
            if (shown < acknowledged) {
                wrong("change %d is lost, the profile shows %d".formatted(acknowledged, shown));
            }
        });
        COUNTS.forEach((what, count) -> IO.println("%8d  %s".formatted(count.get(), what)));
        IO.println(WRONG.get() == 0 ? "No call that was safe to repeat failed, no acknowledged change is missing." : WRONG + " wrong answers");
        System.exit(WRONG.get() == 0 ? 0 : 1);
    }

    private static void phase(String what) throws InterruptedException {
        IO.println(what);
        TimeUnit.MILLISECONDS.sleep(PHASE.toMillis());
    }

    private static HttpResponse<String> send(String what, String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(USERS + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("PATCH")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        boolean repeated = !what.contains("not repeated");
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            count(what + ": " + answer.statusCode());
            if (repeated && !succeeded(answer)) {
                wrong(what + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            count(what + ": " + e);
            throw new IllegalStateException(what, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean succeeded(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 2;
    }

    private static String body(HttpResponse<String> answer) {
        return answer.body();
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }

    private static void count(String what) {
        COUNTS.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }

    private static void wrong(String what) {
        if (WRONG.incrementAndGet() <= 20) {
            IO.println("WRONG: " + what);
        }
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + output);
        }
        return output.strip();
    }
}
