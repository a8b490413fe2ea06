package app.users.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.embedded.DocumentServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Readiness follows MongoDB, which the views are read from. Liveness does not: a restart would not bring MongoDB back. */
class ReadinessIT extends RunningQueryService {

    @Test
    void followsMongo() throws Exception {
        awaitReady();
        mongo.close();
        Instant asked = Instant.now();
        assertThat(manage("GET", "health/readiness", "").statusCode()).isEqualTo(503);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(manage("GET", "health", "").body())
                .contains("\"queryMongo\":{\"details\":{\"reason\":", "\"queryViews\":{\"details\":{\"reason\":")
                .doesNotContain("127.0.0.1", "localhost", "Exception");
        assertThat(manage("GET", "health/liveness", "").statusCode()).isEqualTo(200);
        mongo = DocumentServer.start(MONGO_PORT);
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(manage("GET", "health/readiness", "").statusCode())
                                .isEqualTo(200));
    }
}
