package app.users.query.view;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * What became of each user's last mail of each kind, in MongoDB. A state never replaces that of a later mail, and
 * nothing replaces the final state of the same one.
 */
public final class LastMails {

    private final MongoCollection<Document> collection;

    public LastMails(MongoDatabase database) {
        this.collection = database.getCollection("mails");
    }

    public void drop() {
        collection.drop();
    }

    public Optional<MailState> find(long user, Kind kind) {
        return Optional.ofNullable(
                        collection.find(Filters.eq("_id", id(user, kind))).first())
                .map(LastMails::read);
    }

    /** @param states in the order they came */
    public void save(Collection<MailState> states) {
        Map<String, MailState> last = new HashMap<>();
        states.forEach(state -> last.merge(id(state.user(), state.kind()), state, LastMails::later));
        List<ReplaceOneModel<Document>> writes = last.values().stream()
                .map(state -> new ReplaceOneModel<>(
                        Filters.and(
                                Filters.eq("_id", id(state.user(), state.kind())), Filters.lt("step", replaces(state))),
                        write(state),
                        new ReplaceOptions().upsert(true)))
                .toList();
        try {
            if (!writes.isEmpty()) {
                collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            }
        } catch (MongoBulkWriteException e) {
            BulkFailure.throwUnlessDuplicates(e);
            checkNoneIsOlder(last, e);
        }
    }

    private void checkNoneIsOlder(Map<String, MailState> states, MongoBulkWriteException e) {
        Map<String, Long> stored = new HashMap<>();
        collection
                .find(Filters.in("_id", states.keySet()))
                .forEach(found -> stored.put(found.getString("_id"), found.getLong("step")));
        states.forEach((id, state) -> {
            if (stored.getOrDefault(id, -1L) < step(state)) {
                throw e;
            }
        });
    }

    public void remove(Collection<Long> users) {
        List<String> ids = users.stream()
                .flatMap(user -> Arrays.stream(Kind.values()).map(kind -> id(user, kind)))
                .toList();
        if (!ids.isEmpty()) {
            collection.deleteMany(Filters.in("_id", ids));
        }
    }

    private static MailState later(MailState before, MailState after) {
        return step(before) < replaces(after) ? after : before;
    }

    /** Rises with the version, and once more when the mail comes into a final state. */
    private static long step(MailState state) {
        return state.version() * 2 + (state.state().isFinal() ? 1 : 0);
    }

    /** The states of an earlier step than this are replaced: a passing one also replaces its like. */
    private static long replaces(MailState state) {
        return state.version() * 2 + 1;
    }

    private static String id(long user, Kind kind) {
        return user + "/" + kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Document write(MailState s) {
        return new Document("_id", id(s.user(), s.kind()))
                .append("step", step(s))
                .append("user", s.user())
                .append("version", s.version())
                .append("event", s.event())
                .append("kind", s.kind().name())
                .append("state", s.state().name())
                .append("at", Date.from(s.at()))
                .append("reason", s.reason());
    }

    private static MailState read(Document d) {
        return new MailState(
                d.getLong("user"),
                d.getLong("version"),
                d.getString("event"),
                Kind.valueOf(d.getString("kind")),
                State.valueOf(d.getString("state")),
                d.getDate("at").toInstant(),
                d.getString("reason"));
    }
}
