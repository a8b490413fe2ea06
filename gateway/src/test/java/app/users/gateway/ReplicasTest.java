package app.users.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicasTest {

    private static final URI QUERY = URI.create("http://query:8082");
    private static final URI FIRST = URI.create("http://10.0.0.1:8082");
    private static final URI SECOND = URI.create("http://10.0.0.2:8082");

    private List<String> addresses = List.of("10.0.0.2", "10.0.0.1");
    private long now = 1;
    private final Replicas replicas = new Replicas(this::resolve, () -> now);

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private List<URI> next(int count) {
        return Stream.generate(() -> replicas.next(QUERY)).limit(count).toList();
    }

    @Test
    void takesTheReplicasInTurn() {
        assertThat(next(4)).containsExactly(FIRST, SECOND, FIRST, SECOND);
    }

    @Test
    void leavesOutAReplicaThatFailedForAMoment() {
        replicas.failed(FIRST);
        assertThat(next(4)).containsOnly(SECOND);
        now += Replicas.LEFT_OUT_NANOS;
        assertThat(next(4)).contains(FIRST, SECOND);
    }

    @Test
    void usesAllReplicasWhenAllFailed() {
        replicas.failed(FIRST);
        replicas.failed(SECOND);
        assertThat(next(4)).contains(FIRST, SECOND);
    }

    @Test
    void findsNewReplicasAndForgetsOldOnes() {
        addresses = List.of("10.0.0.3", "fd00::1");
        assertThat(next(2))
                .containsExactly(URI.create("http://10.0.0.3:8082"), URI.create("http://[fd00:0:0:0:0:0:0:1]:8082"));
    }

    @Test
    void keepsAnOriginWithTls() {
        URI tls = URI.create("https://query:8082");
        assertThat(replicas.next(tls)).isEqualTo(tls);
    }

    @Test
    void keepsANameThatDoesNotResolve() {
        addresses = List.of();
        assertThat(replicas.next(QUERY)).isEqualTo(QUERY);
    }
}
