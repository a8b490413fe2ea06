package app.users.notification;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/** Which mails were sent, by event id; nothing about whom. A mail is claimed for a while before it is sent. */
final class Ledger {

    enum Claim {
        MINE,
        DONE,
        HELD
    }

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> mails;

    Ledger(MongoDatabase database) {
        this.mails = database.getCollection("mails");
    }

    Claim claim(String event, Instant now) {
        Date lease = Date.from(now.plus(LEASE));
        try {
            mails.insertOne(
                    new Document("_id", event).append("state", "sending").append("lease", lease));
            return Claim.MINE;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() != DUPLICATE_KEY) {
                throw e;
            }
        }
        Document known = mails.find(Filters.eq("_id", event)).first();
        if (known == null) {
            return Claim.HELD;
        }
        if (!"sending".equals(known.getString("state"))) {
            return Claim.DONE;
        }
        long taken = mails.updateOne(
                        Filters.and(Filters.eq("_id", event), Filters.lte("lease", Date.from(now))),
                        Updates.set("lease", lease))
                .getModifiedCount();
        return taken == 1 ? Claim.MINE : Claim.HELD;
    }

    /** Gives the claim back, so that the next try need not wait for the lease. */
    void release(String event) {
        mails.deleteOne(Filters.and(Filters.eq("_id", event), Filters.eq("state", "sending")));
    }

    void done(String event, String state) {
        mails.updateOne(Filters.eq("_id", event), Updates.set("state", state));
    }
}
