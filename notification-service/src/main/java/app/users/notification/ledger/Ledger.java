package app.users.notification.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import app.users.events.MailState;
import app.users.events.MailState.State;
import app.users.notification.letters.Mail;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Every mail of the last days by the id of its event, and the queue of those that wait ({@code waits} names their way). A
 * waiting mail is claimed by moving {@code due} ahead: if its sender dies it comes due again. What is personal leaves with
 * the outcome.
 */
public final class Ledger {

    private static final int DUPLICATE_KEY = 11000;
    private static final Bson UNDECIDED = exists("outcome", false);

    private final MongoCollection<Document> mails;

    public Ledger(MongoDatabase database) {
        this.mails = database.getCollection("mails");
    }

    /** Makes what is missing. */
    public void prepare() {
        mails.createIndex(Indexes.ascending("waits", "due"));
        mails.createIndex(Indexes.ascending("user"));
    }

    public Set<String> known(Collection<String> events) {
        return mails.find(in("_id", events))
                .projection(Projections.include("_id"))
                .map(d -> d.getString("_id"))
                .into(new HashSet<>());
    }

    /** @param heldBy when given, the mails are not sent before {@link #release} */
    public void add(Collection<Mail> fresh, @Nullable String heldBy, Instant now) {
        if (fresh.isEmpty()) {
            return;
        }
        List<Document> rows = fresh.stream()
                .map(m -> Rows.write(m, now).append(heldBy == null ? "due" : "held", heldBy == null ? now : heldBy))
                .toList();
        try {
            mails.insertMany(rows, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            // a write that most members do not have is lost when the primary ends
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(w -> w.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    public void release(String heldBy, Instant now) {
        mails.updateMany(eq("held", heldBy), combine(unset("held"), set("due", now)));
    }

    /** A newer request makes earlier codes invalid: mails that still wait with one are not sent. */
    public void replaceOlder(Collection<Mail> newer, Instant now) {
        decide(
                newer.stream()
                        .filter(Mail::hasCode)
                        .map(m -> and(
                                eq("user", m.user()),
                                eq("kind", m.kind().name()),
                                lt("version", m.version()),
                                exists("waits"),
                                UNDECIDED))
                        .toList(),
                DeliveryResult.REPLACED,
                now);
    }

    public void erase(Collection<Long> users, Instant now) {
        decide(
                users.stream()
                        .map(user -> and(eq("user", user), exists("waits"), UNDECIDED))
                        .toList(),
                DeliveryResult.ERASED,
                now);
    }

    private void decide(List<Bson> which, DeliveryResult outcome, Instant now) {
        Bson decision =
                combine(set("outcome", outcome.name()), set("at", now), set("due", now), unset("mail"), unset("held"));
        bulk(which.stream().map(w -> new UpdateManyModel<Document>(w, decision)).toList());
    }

    /** Takes over what is known to be final from elsewhere. */
    public void learn(Collection<MailState> finals) {
        bulk(finals.stream()
                .map(s -> new UpdateOneModel<Document>(
                        eq("_id", s.event()), Rows.finalState(s), new UpdateOptions().upsert(true)))
                .toList());
    }

    private void bulk(List<? extends WriteModel<Document>> writes) {
        if (!writes.isEmpty()) {
            mails.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    /** The mail that has been due for longest, now for this long in the hands of the caller. */
    public @Nullable LedgerEntry claim(Way way, Instant now, Duration lease) {
        Document row = mails.findOneAndUpdate(
                and(eq("waits", way.name()), lte("due", now)),
                combine(set("due", now.plus(lease)), inc("tries", 1)),
                new FindOneAndUpdateOptions().sort(Sorts.ascending("due")).returnDocument(ReturnDocument.AFTER));
        return row == null ? null : Rows.read(row);
    }

    /** From here on the mail is never sent again. Notes it even if the database was dropped meanwhile. */
    public void note(LedgerEntry entry, DeliveryResult outcome, Instant now) {
        try {
            mails.updateOne(
                    and(eq("_id", entry.event()), exists("waits")),
                    combine(
                            set("outcome", outcome.name()),
                            set("at", now),
                            unset("mail"),
                            setOnInsert(Rows.skeleton(entry)),
                            setOnInsert("due", now)),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            // already final: another sender has been faster
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    /** Comes due again then, unless another sender has claimed it or it was decided meanwhile. */
    public void defer(LedgerEntry entry, State state, Instant at, Instant due) {
        mails.updateOne(
                and(eq("_id", entry.event()), eq("tries", entry.tries()), exists("waits"), UNDECIDED),
                combine(set("state", state.name()), set("at", at), set("due", due)));
    }

    /** The outcome is noted but could not be told: that comes due again then. */
    public void tellAgain(LedgerEntry entry, Instant due) {
        mails.updateOne(and(eq("_id", entry.event()), exists("waits")), set("due", due));
    }

    public void finish(MailState told) {
        mails.updateOne(eq("_id", told.event()), Rows.finalState(told));
    }

    public long waiting(Way way) {
        return mails.countDocuments(eq("waits", way.name()));
    }

    /** Forgets what is final for longer than anything is repeated. */
    void forgetBefore(Instant limit) {
        mails.deleteMany(and(exists("waits", false), lt("at", limit)));
    }
}
