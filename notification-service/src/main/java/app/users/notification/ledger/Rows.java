package app.users.notification.ledger;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.notification.letters.Mail;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** How the ledger writes a mail down: what is personal in one part, so that it can be dropped at once. */
final class Rows {

    private Rows() {}

    static Document write(Mail mail, Instant now) {
        return new Document("_id", mail.event())
                .append("user", mail.user())
                .append("version", mail.version())
                .append("kind", mail.kind().name())
                .append("waits", Way.of(mail.kind()).name())
                .append("state", State.QUEUED.name())
                .append("at", now)
                .append("tries", 0)
                .append(
                        "mail",
                        new Document("to", mail.to())
                                .append("name", mail.name())
                                .append("language", mail.language())
                                .append("request", mail.request())
                                .append("changed", mail.changed())
                                .append("undo", mail.undo())
                                .append("expires", mail.expires()));
    }

    /** What is known of a claimed mail whose row is gone. */
    static Document skeleton(LedgerEntry entry) {
        return new Document("user", entry.user())
                .append("version", entry.version())
                .append("kind", entry.kind().name())
                .append("waits", Way.of(entry.kind()).name())
                .append("state", entry.state().name())
                .append("tries", entry.tries());
    }

    static Bson finalState(MailState told) {
        return combine(
                set("user", told.user()),
                set("version", told.version()),
                set("kind", told.kind().name()),
                set("state", told.state().name()),
                set("reason", told.reason()),
                set("at", told.at()),
                unset("waits"),
                unset("due"),
                unset("held"),
                unset("outcome"),
                unset("mail"));
    }

    static LedgerEntry read(Document row) {
        String event = row.getString("_id");
        long user = row.getLong("user");
        long version = row.getLong("version");
        Kind kind = Kind.valueOf(row.getString("kind"));
        String outcome = row.getString("outcome");
        return new LedgerEntry(
                event,
                user,
                version,
                kind,
                State.valueOf(row.getString("state")),
                instant(row, "at"),
                row.getInteger("tries"),
                outcome == null ? null : DeliveryResult.valueOf(outcome),
                mail(event, user, version, kind, row.get("mail", Document.class)));
    }

    private static @Nullable Mail mail(String event, long user, long version, Kind kind, @Nullable Document part) {
        if (part == null) {
            return null;
        }
        return new Mail(
                event,
                user,
                version,
                kind,
                part.getString("to"),
                part.getString("name"),
                part.getString("language"),
                part.getString("request"),
                part.getList("changed", String.class, List.of()),
                part.getString("undo"),
                instant(part, "expires"));
    }

    private static Instant instant(Document row, String field) {
        return row.getDate(field).toInstant();
    }
}
