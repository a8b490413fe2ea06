package app.users.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The short form of {@link FaultRun}. Run it again with {@code -Dfaults.seed=1}. */
@Order(1)
class FaultsIT {

    private static final long SEED =
            Long.getLong("faults.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @Test
    void keepsEveryPromiseThroughKillsAndOutages() throws InterruptedException {
        Plan plan = Plan.of(
                "process killed",
                "PostgreSQL killed",
                "PostgreSQL and process killed",
                "PostgreSQL hangs",
                "mail server drops",
                "replay aborted");
        Verdict verdict = new Round(Form.STANDALONE, SEED, plan).run();
        assertThat(verdict.findings()).as("findings of seed %d", SEED).isEmpty();
        assertThat(verdict.serverErrors()).as("answers 500 of seed %d", SEED).isEmpty();
        assertThat(verdict.acknowledged()).isGreaterThan(40);
    }
}
