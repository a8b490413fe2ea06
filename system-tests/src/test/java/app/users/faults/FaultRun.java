package app.users.faults;

import static app.users.faults.CommonFaults.LONG_OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The long form: rounds until so many processes were killed, or with {@code -Dfaults.outage=PT10M} one round in which each server is
 * away for so long. {@code docs/reliability.md} has the commands. A round that is
 * complete is a file of results and is not repeated, so the same command continues after an interruption.
 */
class FaultRun {

    private static final int KILLS_OF_A_ROUND = 10;
    private static final int OUTAGES_OF_A_ROUND = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Form form =
            Form.valueOf(System.getProperty("faults.form", "standalone").toUpperCase(Locale.ROOT));
    private final long seed = Long.getLong("faults.seed", 1);
    private final int kills = LONG_OUTAGE.isZero() ? Integer.getInteger("faults.kills", 200) : 0;
    private final Path results = Path.of(System.getProperty(
            "faults.results",
            Path.of(System.getProperty("basedir", ""), "target", "faults").toString()));

    @Test
    void keepsEveryPromise() throws IOException, InterruptedException {
        System.out.printf("faults.form=%s faults.seed=%d faults.kills=%d, results in %s%n", form, seed, kills, results);
        Files.createDirectories(results);
        List<Verdict> verdicts = new ArrayList<>();
        int killed = 0;
        for (int i = 0; i == 0 || killed < kills; i++) {
            Verdict verdict = verdict(seed + i, Math.min(KILLS_OF_A_ROUND, kills - killed));
            verdicts.add(verdict);
            killed += verdict.kills();
            System.out.printf("%d of %d kills: %s", killed, kills, verdict.row());
        }
        String table = Verdict.HEAD + verdicts.stream().map(Verdict::row).collect(Collectors.joining());
        Files.writeString(file("%d.md".formatted(seed)), table);
        System.out.println(table);
        assertThat(verdicts)
                .allSatisfy(verdict -> assertThat(verdict.findings()).isEmpty());
    }

    private Verdict verdict(long round, int most) throws IOException, InterruptedException {
        Path file = file("%d-%d.json".formatted(round, most));
        if (Files.exists(file)) {
            return JSON.readValue(Files.readString(file), Verdict.class);
        }
        Verdict verdict = new Round(form, round, plan(most)).run();
        Files.writeString(file, JSON.writeValueAsString(verdict));
        return verdict;
    }

    private static Plan plan(int kills) {
        return LONG_OUTAGE.isZero()
                ? Plan.byChance(kills, OUTAGES_OF_A_ROUND)
                : Plan.of("PostgreSQL away", "Kafka away", "MongoDB away", "mail server away");
    }

    private Path file(String name) {
        return results.resolve(form.name().toLowerCase(Locale.ROOT) + "-" + name);
    }
}
