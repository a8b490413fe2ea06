package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.EventHeaders;
import app.users.system.EventStore.Row;
import app.users.system.EventTopic.Published;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an answer says is also where it should be: in the event store, on the topic and in the view. */
@EachForm
class PathIT {

    private static final List<String> LIFE =
            List.of("user.registered.v1", "user.profile-changed.v1", "user.email-confirmation-requested.v1");

    private final RunningSystem system;
    private final EventStore store;
    private final EventTopic topic;

    PathIT(Form form, Systems systems) {
        system = systems.get(form);
        store = new EventStore(system.eventStore());
        topic = new EventTopic(system.kafka());
    }

    @Test
    void everyChangeIsStoredPublishedAndViewed() {
        Person person = Person.next();
        Client user = live(person);
        long id = user.id();

        List<Row> stored = store.eventsOf(id);
        assertThat(stored).extracting(Row::type).containsExactlyElementsOf(LIFE);
        assertThat(stored).extracting(Row::sequence).containsExactly(0L, 1L, 2L);

        List<Published> published =
                Patience.await("events on the topic").until(() -> topic.recordsOf(id), r -> r.size() == LIFE.size());
        assertThat(published).extracting(Published::type).containsExactlyElementsOf(LIFE);
        assertThat(published).extracting(r -> r.key().version()).containsExactly(1L, 2L, 3L);
        assertThat(published)
                .extracting(Published::partition)
                .containsOnly(published.getFirst().partition());
        assertThat(published).allSatisfy(record -> {
            assertThat(record.header(EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
            assertThat(record.header(EventHeaders.SUBJECT)).isEqualTo(Long.toString(id));
            assertThat(record.header(EventHeaders.SEQUENCE))
                    .isEqualTo(Long.toString(record.key().version()));
            assertThat(record.headers()).containsKeys(EventHeaders.ID, EventHeaders.TIME, EventHeaders.SOURCE);
            assertThat(record.headers()).doesNotContainKey("__TypeId__");
        });

        Patience.await("view of the last event")
                .until(() -> view(id), v -> v != null && v.getLong("version") == LIFE.size());
    }

    @Test
    void databaseOfEventsNeverHoldsAPersonInClear() {
        Person person = Person.next();
        live(person);
        assertThat(store.tablesThatContain(person.email())).isEmpty();
        assertThat(store.tablesThatContain(person.number())).isEmpty();
        assertThat(store.tablesThatContain(person.password())).isEmpty();
        assertThat(store.tablesThatContain("user.registered.v1")).contains("domain_event_entry");
    }

    @Test
    void erasureLeavesTombstonesOnTheTopicAndNoView() {
        Client user = live(Person.next());
        long id = user.id();
        user.delete("user/").expect(200);

        assertThat(store.eventsOf(id)).extracting(Row::type).last().isEqualTo("user.erased.v1");
        Patience.await("tombstones")
                .untilAsserted(() -> assertThat(topic.recordsOf(id))
                        .filteredOn(r -> r.event() == null)
                        .extracting(r -> r.key().version())
                        .contains(1L, 2L, 3L));
        Patience.await("view without the person")
                .until(
                        () -> view(id),
                        v -> v == null || v.getBoolean("erased") && !v.toJson().contains("Surname"));
    }

    /** Registers, changes something and asks for a mail. */
    private Client live(Person person) {
        system.client().register(person).expect(201);
        Client user = system.client().signIn(person);
        user.patch("user/", "{\"patronymic\":\"Patronymic\"}").expect(200);
        user.post("verify-email/").expect(200);
        return user;
    }

    private @Nullable Document view(long id) {
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            return mongo.getDatabase("users_query")
                    .getCollection("users")
                    .find(Filters.eq("_id", id))
                    .first();
        }
    }
}
