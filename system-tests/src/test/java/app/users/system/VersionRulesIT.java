package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/api.md} says of versions: reading what one wrote, and changing only what one has seen. */
@EachForm
class VersionRulesIT {

    private final RunningSystem system;
    private final Guest guest;
    private final Client user;

    VersionRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        guest = Guest.of(system);
        user = guest.client();
    }

    @Test
    @Says("A user's version is the number of their last change.")
    @Says("Writes with a token answer it as `Users-Version`.")
    void writesAnswerTheVersion() {
        EventStore store = new EventStore(system.eventStore());
        long id = user.id();
        assertThat(guest.profile().header("Users-Version")).isEqualTo("1");
        Client other = system.client().signIn(guest.person());
        for (Answer write : new Answer[] {
            user.patch("user/", "{\"surname\":\"Changed\"}"),
            user.patch("user/", "{\"surname\":\"Changed\"}"),
            user.post("verify-email/"),
            other.post("auth/token/revoke"),
            user.post("auth/token/revoke-all")
        }) {
            assertThat(write.expect(200).header("Users-Version")).isNotEmpty();
        }
        Answer left = system.client().signIn(guest.person()).delete("user/").expect(200);
        assertThat(left.header("Users-Version"))
                .isEqualTo(Integer.toString(store.eventsOf(id).size()));
    }

    @Test
    @Says("A read with `Users-Min-Version` waits up to 2 seconds until it can show that version.")
    void readsWaitForTheirVersion() {
        guest.profile();
        Call second = new Call(user, "GET", "user/").with("Users-Min-Version", "2");
        CompletableFuture<Answer> read = CompletableFuture.supplyAsync(second::send);
        user.patch("user/", "{\"surname\":\"Changed\"}").expect(200);
        Answer answer = read.join().expect(200);
        assertThat(answer.text("surname")).isEqualTo("Changed");
        assertThat(answer.header("Warning")).isEmpty();
    }

    @Test
    @Says(
            "After that it answers the last known state with `Warning: 110`, or a 503 with `Retry-After` if there is none yet.")
    void readsDoNotWaitForEver() {
        for (String path : new String[] {"user/", "user/executor/?limit=1"}) {
            long start = System.nanoTime();
            Answer late = new Call(user, "GET", path)
                    .with("Users-Min-Version", "1000")
                    .send();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            assertThat(late.expect(200).header("Warning")).startsWith("110 ");
            assertThat(late.body())
                    .contains(path.equals("user/") ? guest.person().email() : "\"id\":");
        }
        forget(user.id());
        Answer none = new Call(user, "GET", "user/").send().expect(503);
        assertThat(none.problem()).isEqualTo("not-yet-visible");
        assertThat(none.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** As if the projection had not come as far as this user yet. */
    private void forget(long id) {
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            mongo.getDatabase("users_query").getCollection("users").deleteOne(Filters.eq("_id", id));
        }
    }

    @Test
    @Says("`If-Match` with it makes PATCH and DELETE a 412 when something shown has changed since.")
    @Says("A refused write changes nothing.")
    void refusesToChangeWhatWasNotSeen() {
        String seen = guest.profile().header("ETag");
        user.patch("user/", "{\"password\":\"quite another\"}").expect(200);
        patch(seen, "{\"surname\":\"First\"}").expect(200);
        assertThat(patch(seen, "{\"surname\":\"Second\",\"password\":\"yet another\"}")
                        .expect(412)
                        .problem())
                .isEqualTo("precondition-failed");
        new Call(user, "DELETE", "user/").with("If-Match", seen).send().expect(412);
        assertThat(guest.profile().text("surname")).isEqualTo("First");
        user.patch("user/", "{\"password\":\"another at last\",\"current_password\":\"quite another\"}")
                .expect(200);
        patch("*", "{\"surname\":\"Third\"}").expect(200);
        patch("\"nonsense\"", "{\"surname\":\"Fourth\"}").expect(412);
        patch("W/" + guest.profile().header("ETag"), "{\"surname\":\"Fourth\"}").expect(412);
        String today = guest.profile().header("ETag");
        new Call(user, "DELETE", "user/").with("If-Match", today).send().expect(200);
    }

    @Test
    @Says("Lists of tags, weak tags and `If-None-Match` mean what RFC 9110 says.")
    void comparesTagsAsHttpDoes() {
        String tag = guest.profile().header("ETag");
        patch("\"0\", " + tag, "{\"surname\":\"First\"}").expect(200);
        patch("\"0\", " + tag, "{\"surname\":\"Second\"}").expect(412);
        patch("W/" + guest.profile().header("ETag"), "{\"surname\":\"Second\"}").expect(412);
        for (String none : new String[] {
            "*", guest.profile().header("ETag"), "W/" + guest.profile().header("ETag")
        }) {
            new Call(user, "PATCH", "user/")
                    .with("If-None-Match", none)
                    .json("{\"surname\":\"Second\"}")
                    .send()
                    .expect(412);
            new Call(user, "DELETE", "user/").with("If-None-Match", none).send().expect(412);
        }
        assertThat(guest.profile().text("surname")).isEqualTo("First");
        new Call(user, "PATCH", "user/")
                .with("If-None-Match", tag)
                .json("{\"surname\":\"Second\"}")
                .send()
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/", "user/executor/", "verify-email/", "verify-number/"})
    @Says("A `Users-Min-Version` that is no number is a 400.")
    void refusesWhatIsNoVersion(String path) {
        for (String none : new String[] {"", "abc", "-1", "1.5", "1, 2"}) {
            Answer refused =
                    new Call(user, "GET", path).with("Users-Min-Version", none).send();
            assertThat(refused.expect(400).errors()).containsExactly("Users-Min-Version:wrong-type");
        }
        Answer far = new Call(user, "GET", path)
                .with("Users-Min-Version", "99999999999999999999")
                .send();
        assertThat(far.expect(200).header("Warning")).startsWith("110 ");
    }

    private Answer patch(String tag, String body) {
        return new Call(user, "PATCH", "user/").with("If-Match", tag).json(body).send();
    }
}
