package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of leaving. */
@OneForm
class LeaveRulesIT {

    private final RunningSystem system;
    private final Client stranger;
    private final Guest guest;
    private final Client user;

    LeaveRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        guest = Guest.of(system);
        user = guest.client();
    }

    @Test
    @Says("Everything goes at once: sign-in, tokens, profile.")
    @Says("The next request with the same token is a 401.")
    @Says("The token of an erased user is a 401 at once.")
    void forgetsTheUserAtOnce() {
        Tokens other = guest.tokens();
        user.delete("user/").expect(200);
        user.get("user/").expect(401);
        Client there = stranger.with("Bearer", other.access());
        for (Client client : List.of(user, there)) {
            client.get("user/").expect(401);
            client.get("user/executor/").expect(401);
            client.get("auth/sessions/").expect(401);
            client.patch("user/", "{}").expect(401);
            client.post("verify-email/").expect(401);
            client.delete("user/").expect(401);
        }
        stranger.post("auth/token/refresh", other.refreshing()).expect(401);
        stranger.post("auth/token/", guest.person().credentials()).expect(401);
    }

    @Test
    @Says("The email and the number are free again.")
    void freesEmailAndNumber() {
        long before = user.id();
        user.delete("user/").expect(200);
        stranger.register(guest.person()).expect(201);
        assertThat(stranger.signIn(guest.person()).id()).isGreaterThan(before);
    }

    @Test
    @Says("The entry leaves the list of executors as soon as the event has arrived.")
    void leavesTheListOfExecutors() {
        Client other = Guest.of(system).client();
        long id = user.id();
        String page = "user/executor/?limit=1&after=" + (id - 1);
        assertThat(first(other.get(page))).isEqualTo(id);
        user.delete("user/").expect(200);
        Patience.await("the list without who left").until(() -> first(other.get(page)) != id);
    }

    private static long first(Answer page) {
        return page.expect(200).json().get(0).get("id").longValue();
    }

    @Test
    @Says("What was stored about the person can no longer be read by anybody.")
    void destroysTheKeyOfWhatIsStored() {
        long id = user.id();
        EventStore store = new EventStore(system.eventStore());
        assertThat(store.holdsKeyOf(id)).isTrue();
        user.delete("user/").expect(200);
        assertThat(store.holdsKeyOf(id)).isFalse();
        assertThat(store.tablesThatContain(guest.person().email())).isEmpty();
        EventTopic topic = new EventTopic(system.kafka());
        Patience.await("tombstones of all events")
                .untilAsserted(() -> assertThat(topic.recordsOf(id).stream()
                                .filter(r -> r.event() == null)
                                .map(r -> r.key().version()))
                        .contains(1L));
    }

    @Test
    @Says("`Location` names a receipt that anybody may read who knows its address, and that does not say who it was.")
    void givesAReceipt() {
        Instant before = Instant.now().minusSeconds(5);
        long id = user.id();
        Answer erased = user.delete("user/").expect(200);
        Answer receipt = stranger.get(erased.header("Location")).expect(200);
        JsonNode json = receipt.json();
        assertThat(json.propertyNames()).containsExactly("detail", "erased_at", "parts");
        assertThat(Instant.parse(json.get("erased_at").stringValue()))
                .isBetween(before, Instant.now().plusSeconds(5));
        assertThat(receipt.request() + receipt.body())
                .doesNotContain(guest.person().email(), "\"" + id + "\"");
    }

    @Test
    @Says("The receipt says what was erased, where and when.")
    @Says(
            "Its last part is the topic: there is no `at` until the topic has a tombstone for each of the person's events.")
    void aReceiptSaysWhatWasErasedWhereAndWhen() {
        String address = user.delete("user/").expect(200).header("Location");
        Patience.await("the erasure on the topic").untilAsserted(() -> {
            JsonNode json = stranger.get(address).expect(200).json();
            Instant erased = Instant.parse(json.get("erased_at").stringValue());
            assertThat(json.get("parts")).hasSize(4).allSatisfy(part -> {
                assertThat(part.propertyNames()).containsExactly("what", "where", "at");
                assertThat(Instant.parse(part.get("at").stringValue())).isAfterOrEqualTo(erased);
            });
            assertThat(json.at("/parts/3/where").stringValue()).isEqualTo("topic users.events");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "AAAAAAAAAAAAAAAAAAAAAA", "'--", "%00"})
    @Says("An unknown receipt is a 404.")
    void knowsNoOtherReceipts(String receipt) {
        Answer answer = stranger.get("erasures/" + receipt);
        assertThat(answer.status()).as(answer.body()).isIn(receipt.equals("%00") ? List.of(400, 404) : List.of(404));
    }
}
