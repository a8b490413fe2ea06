package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.EventHeaders;
import app.users.system.EventTopic.Published;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server names each request; how the client names it is on no topic and nowhere in clear text. */
@EachForm
class RequestIdsIT {

    private static final String OWN = "anna.smith-1970";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String MADE = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

    private final RunningSystem system;

    RequestIdsIT(Form form, Systems systems) {
        system = systems.get(form);
    }

    @Test
    @Says("Every answer carries `X-Request-Id`: an id that the server made.")
    void everyAnswerCarriesAnIdThatTheServerMade() {
        for (String path : List.of("user/", "auth/jwks", "nowhere", "openapi")) {
            for (String own : List.of(OWN, "not; good")) {
                assertThat(system.client()
                                .send("GET", path, null, Map.of("X-Request-Id", own))
                                .headers()
                                .allValues("X-Request-Id"))
                        .as(path)
                        .singleElement()
                        .asString()
                        .matches(MADE);
            }
        }
    }

    @Test
    @Says("The events of a request carry the id of its answer.")
    void eventsCarryTheIdOfTheAnswer() {
        Client client = Guest.of(system).client();
        String id = change(client).header("X-Request-Id");
        Published change = records(client.id(), 2).getLast();
        assertThat(id).matches(MADE);
        assertThat(change.headers()).containsEntry(EventHeaders.REQUEST_ID, id);
    }

    @Test
    void theClientsOwnIdsAreOnNoTopicAndNowhereInClear() {
        Client client = Guest.of(system).client();
        change(client);
        assertThat(records(client.id(), 2).toString()).doesNotContain(OWN).doesNotContain(TRACE_ID);
        EventStore store = new EventStore(system.eventStore());
        assertThat(store.tablesThatContain(OWN)).isEmpty();
        assertThat(store.tablesThatContain(TRACE_ID)).isEmpty();
    }

    private static Answer change(Client client) {
        return client.send(
                        "PATCH",
                        "user/",
                        "{\"surname\":\"Other\"}",
                        Map.of("X-Request-Id", OWN, "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"))
                .expect(200);
    }

    private List<Published> records(long user, int count) {
        EventTopic topic = new EventTopic(system.kafka());
        Patience.await("the events on the topic")
                .until(() -> topic.recordsOf(user).size() >= count);
        return topic.recordsOf(user);
    }
}
