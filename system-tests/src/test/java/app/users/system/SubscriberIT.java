package app.users.system;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.subscriber.Profile;
import app.users.subscriber.Subscriber;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody else's service, which knows what is published and nothing else, has everybody right whatever happens meanwhile.
 * Run it again with {@code -Dsubscriber.seed=1}.
 */
@Order(2)
class SubscriberIT {

    private static final long SEED =
            Long.getLong("subscriber.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private static final String NO_COOL_DOWN = "--users.confirmation.cool-down=0s";

    private final Path folder;
    private final StandaloneSystem system = StandaloneSystem.start(NO_COOL_DOWN);
    private final Client operator = Client.of(system.management()).with("Bearer", system.managementToken());
    private final Random random = new Random(SEED);
    private final Crowd crowd = new Crowd(system, random);
    private Subscriber subscriber;

    SubscriberIT(@TempDir Path folder) {
        this.folder = folder;
        subscriber = subscriber("memory.json");
    }

    /** Closing the subscriber fails if a record was not as its schema says. */
    @AfterEach
    void end() {
        try (system) {
            subscriber.close();
        }
    }

    @Test
    void copyIsWhatTheSystemShows() {
        System.out.println("subscriber.seed=" + SEED);
        nCopies(24, (Runnable) crowd::register).forEach(Runnable::run);
        List<Runnable> acts = new ArrayList<>(crowd.acts());
        acts.addAll(nCopies(4, this::replaySomebody));
        acts.addAll(nCopies(2, this::replayAll));
        acts.addAll(nCopies(2, this::restartSubscriber));
        acts.add(this::restartSystem);
        acts.add(this::killSystem);
        Collections.shuffle(acts, random);
        acts.forEach(Runnable::run);
        replayAll();
        awaitEndOfReplay();
        crowd.haveTheLastWord();

        Patience.await("the copy")
                .untilAsserted(() -> assertThat(subscriber.copy()).containsExactlyInAnyOrderEntriesOf(shown()));
        Map<Long, Profile> copy = subscriber.copy();
        try (Subscriber fresh = subscriber("fresh.json")) {
            Patience.await("the copy of who begins now")
                    .untilAsserted(() -> assertThat(fresh.copy()).containsExactlyInAnyOrderEntriesOf(copy));
        }
    }

    private Subscriber subscriber(String file) {
        return Subscriber.start(system.users(), system.kafka(), folder.resolve(file));
    }

    private void restartSubscriber() {
        subscriber.close();
        subscriber = subscriber("memory.json");
    }

    private void restartSystem() {
        system.stop();
        system.restart(NO_COOL_DOWN);
    }

    private void killSystem() {
        system.kill();
        system.restart(NO_COOL_DOWN);
    }

    private void replaySomebody() {
        operator.post("replay", "{\"user\":\"%d\"}".formatted(crowd.somebody())).expect(200);
    }

    private void replayAll() {
        awaitEndOfReplay();
        operator.post("replay", "{\"from\":\"0\",\"perSecond\":\"5000\"}").expect(202);
    }

    private void awaitEndOfReplay() {
        Patience.await("the end of the replay").until(() -> {
            Answer latest = operator.get("replay");
            return latest.status() == 404 || !latest.json().required("endedAt").isNull();
        });
    }

    /** What each person reads of themselves. */
    private Map<Long, Profile> shown() {
        Map<Long, Profile> profiles = new TreeMap<>();
        crowd.living().forEach((id, client) -> {
            Answer answer = client.get("user/").expect(200);
            ObjectNode fields = (ObjectNode) answer.json();
            assertThat(fields.remove("id").longValue()).isEqualTo(id);
            List.of("created_at", "updated_at")
                    .forEach(time -> fields.put(
                            time,
                            Instant.parse(fields.required(time).stringValue()).toString()));
            profiles.put(id, new Profile(Long.parseLong(answer.header("Users-Version")), fields));
        });
        return profiles;
    }
}
