import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the access token of another client is good for reads after its session was ended: one client ends all of the
 * person's sessions, another one reads until it is refused. Arguments: how often, the origin of writes, and that of reads
 * when it is another process.
 */
final class SignOut {

    private final Connection writes;
    private final Connection reads;
    private final Person person = Person.next();

    private SignOut(Connection writes, Connection reads) {
        this.writes = writes;
        this.reads = reads;
    }

    public static void main(String[] arguments) throws IOException {
        int times = Integer.parseInt(arguments[0]);
        String origin = arguments.length > 1 ? arguments[1] : "http://127.0.0.1:8080";
        try (Connection writes = new Connection(URI.create(origin));
                Connection reads = new Connection(URI.create(arguments.length > 2 ? arguments[2] : origin))) {
            SignOut signOut = new SignOut(writes, reads);
            signOut.write("auth/registration/", "", signOut.person.registration());
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                millis.add(signOut.measure());
            }
            millis.sort(null);
            System.out.printf(
                    "%d times: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    times, millis.get(times / 2), millis.get(times * 99 / 100), millis.getLast());
        }
    }

    private double measure() throws IOException {
        String ends = signIn();
        String stays = signIn();
        while (!mayRead(stays)) {
            Thread.onSpinWait(); // the process that reads does not know the person yet
        }
        write("auth/token/revoke-all", ends, "");
        long since = System.nanoTime();
        while (mayRead(stays)) {
            Thread.onSpinWait();
        }
        return (System.nanoTime() - since) / 1e6;
    }

    private boolean mayRead(String access) throws IOException {
        return reads.send("GET", "/users/user/", access, "").status() == 200;
    }

    private String signIn() throws IOException {
        return write("auth/token/", "", person.credentials()).field("access");
    }

    private Connection.Answer write(String path, String access, String body) throws IOException {
        Connection.Answer answer = writes.send("POST", "/users/" + path, access, body);
        if (answer.status() / 100 != 2) {
            throw new IOException(path + " -> " + answer.status() + " " + answer.body());
        }
        return answer;
    }
}
