package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.SeparateSystem.Service;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Views are built anew by a second query service, and reads move to it while they flow. */
@Isolated
@ExtendWith(Systems.Shared.class)
class SecondQueryServiceIT {

    private static final String VIEWS = "users_query_second";

    private final SeparateSystem system;
    private final int management = Ports.free();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean over;

    SecondQueryServiceIT(Systems systems) {
        system = (SeparateSystem) systems.get(Form.SEPARATE);
    }

    @Test
    void takesOverWhileEverybodyReadsWhatTheyWrote() throws InterruptedException, ExecutionException {
        Client user = Guest.of(system).client();
        try (ExecutorService visitor = Executors.newSingleThreadExecutor();
                JavaProcess second = system.startSecondQuery(VIEWS, management)) {
            Future<?> visits = visitor.submit(() -> visit(user));
            try {
                takeOver(second);
            } finally {
                over = true;
                // why nobody writes any more is in here
                visits.get();
            }
        }
    }

    private void takeOver(JavaProcess second) {
        second.awaitReady(this::isReady);
        Patience.await("equal views")
                .untilAsserted(() -> assertThat(client().get(Service.QUERY
                                        .management("views/" + VIEWS)
                                        .toString())
                                .expect(200)
                                .body())
                        .contains("\"equal\":true"));
        moveReadsTo(system.secondQueryOrigin());
        system.kill(Service.QUERY);
        awaitMoreWrites();
        system.restart(Service.QUERY);
        moveReadsTo(Service.QUERY.origin());
        awaitMoreWrites();
    }

    /** Nobody notices anything: each change is answered and shown. */
    private void visit(Client user) {
        while (!over) {
            String surname = "Surname " + writes.get();
            user.patch("user/", "{\"surname\":\"" + surname + "\"}").expect(200);
            assertThat(user.get("user/").expect(200).text("surname")).isEqualTo(surname);
            writes.incrementAndGet();
        }
    }

    private boolean isReady() {
        try {
            return client().get("http://127.0.0.1:" + management + "/actuator/health/readiness")
                            .status()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private void moveReadsTo(String origin) {
        client().post(Service.GATEWAY.management("origins").toString(), "{\"query\":\"" + origin + "\"}")
                .expect(200);
        awaitMoreWrites();
    }

    private void awaitMoreWrites() {
        int now = writes.get();
        Patience.await("more changes and reads").until(() -> writes.get() > now + 20);
    }

    private Client client() {
        return Client.of(URI.create("http://127.0.0.1/")).with("Bearer", system.managementToken());
    }
}
