import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the access token of another client is good for reads after its session was ended: one client ends all of the
 * person's sessions, another one reads until it is refused. Arguments: how often, the base of writes, and that of reads when it
 * is another process.
 */
final class SignOut {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String writes;
    private final String reads;

    private SignOut(String writes, String reads) {
        this.writes = writes;
        this.reads = reads;
    }

    public static void main(String[] arguments) throws Exception {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        String writes = arguments.length > 1 ? arguments[1] : "http://127.0.0.1:8080/users/";
        SignOut client = new SignOut(writes, arguments.length > 2 ? arguments[2] : writes);
        String email = "leaves" + System.nanoTime() + "@bench.example";
        client.send("POST", writes + "auth/registration/", "", """
                {"surname":"Ivanov","name":"Ivan","patronymic":"Ivanovich","address":"12 Main Street, Springfield",\
                "email":"%s","number":"+79%09d","password":"Str0ng-Passw0rd!"}"""
                .formatted(email, System.nanoTime() % 1_000_000_000));
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            millis.add(client.measure(email));
        }
        millis.sort(null);
        System.out.printf(
                "%d times: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                times, millis.get(times / 2), millis.get(times * 99 / 100), millis.getLast());
    }

    private double measure(String email) throws Exception {
        String ends = signIn(email);
        String stays = signIn(email);
        while (read(stays) != 200) {
            Thread.onSpinWait(); // the process that reads does not know the person yet
        }
        int ended = send("POST", writes + "auth/token/revoke-all", ends, "").statusCode();
        long since = System.nanoTime();
        if (ended != 200) {
            throw new IllegalStateException("revoke-all answered " + ended);
        }
        while (read(stays) == 200) {
            Thread.onSpinWait();
        }
        return (System.nanoTime() - since) / 1e6;
    }

    private int read(String access) throws IOException, InterruptedException {
        return send("GET", reads + "user/", access, "").statusCode();
    }

    private String signIn(String email) throws IOException, InterruptedException {
        String tokens = send("POST", writes + "auth/token/", "", """
                {"email":"%s","password":"Str0ng-Passw0rd!"}""".formatted(email)).body();
        Matcher access = Pattern.compile("\"access\":\"([^\"]+)\"").matcher(tokens);
        if (!access.find()) {
            throw new IllegalStateException(tokens);
        }
        return access.group(1);
    }

    private HttpResponse<String> send(String method, String uri, String access, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!access.isEmpty()) {
            request.header("Authorization", "Bearer " + access);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
