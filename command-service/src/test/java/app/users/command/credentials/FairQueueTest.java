package app.users.command.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Security line 3: one client does not hold up all others. */
class FairQueueTest {

    private static final Requester FLOOD = Requester.at("192.0.2.1");
    private static final Requester OTHER = Requester.at("192.0.2.2");

    private final FairQueue<String> queue = new FairQueue<>(100, 50, 5);

    @Test
    void anEmptyQueueHandsOutNothing() {
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void tasksOfOneNetworkAreHandedOutInTheirOrder() {
        offer(FLOOD, 3);
        assertThat(all()).containsExactly("0", "1", "2");
    }

    @Test
    void aTaskOfAnotherNetworkIsNextOrSecondHoweverManyWait() {
        offer(FLOOD, 40);
        assertThat(queue.offer(OTHER, "other")).isTrue();
        assertThat(List.of(next(), next())).contains("other");
    }

    @Test
    void eachFurtherTaskOfAnotherNetworkWaitsForOneOfTheFlood() {
        offer(FLOOD, 40);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThat(queue.offer(OTHER, "other")).isTrue();
            order.add(next());
            order.add(next());
        }
        assertThat(order).hasSize(20).filteredOn("other"::equals).hasSize(10);
    }

    @Test
    void networksTakeTurns() {
        for (int network = 1; network <= 3; network++) {
            for (int task = 0; task < 2; task++) {
                assertThat(queue.offer(Requester.at("192.0.2." + network), network + "/" + task))
                        .isTrue();
            }
        }
        assertThat(all()).containsExactly("1/0", "2/0", "3/0", "1/1", "2/1", "3/1");
    }

    @Test
    void allAddressesOfOneIpv6NetworkShareATurn() {
        for (int host = 1; host <= 40; host++) {
            assertThat(queue.offer(Requester.at("2001:db8::" + host), "flood")).isTrue();
        }
        assertThat(queue.offer(Requester.at("2001:db8:0:1::1"), "other")).isTrue();
        assertThat(List.of(next(), next())).contains("other");
    }

    @Test
    void oneNetworkCannotTakeAllPlaces() {
        offer(FLOOD, 50);
        assertThat(queue.offer(FLOOD, "one too many")).isFalse();
        assertThat(queue.offer(Requester.signedIn(1, "192.0.2.1"), "one too many"))
                .isFalse();
        assertThat(queue.offer(OTHER, "other")).isTrue();

        assertThat(next()).isEqualTo("0");
        assertThat(queue.offer(FLOOD, "in the place that became free")).isTrue();
    }

    @Test
    void oneUserCannotTakeAllPlacesFromManyNetworks() {
        for (int network = 1; network <= 5; network++) {
            assertThat(queue.offer(Requester.signedIn(7, "192.0.2." + network), "7"))
                    .isTrue();
        }
        assertThat(queue.offer(Requester.signedIn(7, "192.0.2.6"), "one too many"))
                .isFalse();
        assertThat(queue.offer(Requester.signedIn(8, "192.0.2.6"), "8")).isTrue();

        assertThat(next()).isEqualTo("7");
        assertThat(queue.offer(Requester.signedIn(7, "192.0.2.6"), "in the place that became free"))
                .isTrue();
    }

    @Test
    void allTogetherHaveABoundedNumberOfPlaces() {
        for (int i = 0; i < 100; i++) {
            assertThat(queue.offer(Requester.at("192.0.2." + i), "task")).isTrue();
        }
        assertThat(queue.offer(Requester.at("192.0.2.200"), "one too many")).isFalse();
        assertThat(queue.size()).isEqualTo(100);

        assertThat(all()).hasSize(100);
        assertThat(queue.size()).isZero();
    }

    private void offer(Requester requester, int tasks) {
        for (int i = 0; i < tasks; i++) {
            assertThat(queue.offer(requester, Integer.toString(i))).isTrue();
        }
    }

    private String next() {
        String next = queue.poll();
        return next == null ? "none" : next;
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }
}
