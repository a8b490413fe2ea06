package app.users.query.view;

import app.users.events.Profile;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How a view is stored: its document in MongoDB. */
final class ViewDocument {

    /** Whether the user is in the list of executors: one field, so that its index leads to entries of the list alone. */
    static final String LISTED = "listed";

    static final String CONFIRMED_EMAIL = "confirmedEmail";

    /** Whether the view is parked: one field, for its index. */
    static final String BEHIND = "behind";

    private ViewDocument() {}

    static Document of(UserView v) {
        Profile profile = v.profile();
        return new Document("_id", v.id())
                .append("version", v.version())
                .append("shown", v.shown())
                .append("surname", profile.surname())
                .append("name", profile.name())
                .append("patronymic", profile.patronymic())
                .append("address", profile.address())
                .append("email", profile.email())
                .append("number", profile.number())
                .append(CONFIRMED_EMAIL, profile.confirmedEmail())
                .append("confirmedNumber", profile.confirmedNumber())
                .append("executor", profile.executor())
                .append(LISTED, profile.executor() && !v.erased() && v.parked() == null)
                .append("createdAt", Date.from(v.createdAt()))
                .append("updatedAt", Date.from(v.updatedAt()))
                .append("epoch", v.epoch())
                .append("keeps", v.keeps())
                .append("ended", v.ended())
                .append("acceptedFrom", v.acceptedFrom())
                .append("emailRequest", write(v.emailRequest()))
                .append("numberRequest", write(v.numberRequest()))
                .append("erased", v.erased())
                .append("parked", write(v.parked()))
                .append(BEHIND, v.parked() != null);
    }

    static UserView read(Document d) {
        return new UserView(
                d.getLong("_id"),
                d.getLong("version"),
                d.getLong("shown"),
                new Profile(
                        d.getString("surname"),
                        d.getString("name"),
                        d.getString("patronymic"),
                        d.getString("address"),
                        d.getString("email"),
                        d.getString("number"),
                        d.getBoolean(CONFIRMED_EMAIL),
                        d.getBoolean("confirmedNumber"),
                        d.getBoolean("executor")),
                instant(d, "createdAt"),
                instant(d, "updatedAt"),
                d.getLong("epoch"),
                d.getString("keeps"),
                d.getList("ended", String.class, List.of()),
                d.get("acceptedFrom", 0L),
                request(d.get("emailRequest", Document.class)),
                request(d.get("numberRequest", Document.class)),
                d.getBoolean("erased"),
                parked(d.get("parked", Document.class)));
    }

    private static @Nullable Document write(@Nullable LastRequest r) {
        return r == null
                ? null
                : new Document("version", r.version())
                        .append("at", Date.from(r.at()))
                        .append("expires", Date.from(r.expires()))
                        .append("next", Date.from(r.next()));
    }

    private static @Nullable Document write(@Nullable Parked p) {
        return p == null
                ? null
                : new Document("version", p.version())
                        .append("partition", p.partition())
                        .append("offset", p.offset())
                        .append("why", p.why())
                        .append("seen", p.seen());
    }

    private static @Nullable Parked parked(@Nullable Document d) {
        return d == null
                ? null
                : new Parked(
                        d.getLong("version"),
                        d.getInteger("partition"),
                        d.getLong("offset"),
                        d.getString("why"),
                        d.getLong("seen"));
    }

    private static @Nullable LastRequest request(@Nullable Document d) {
        return d == null
                ? null
                : new LastRequest(d.getLong("version"), instant(d, "at"), instant(d, "expires"), instant(d, "next"));
    }

    private static Instant instant(Document d, String field) {
        return d.getDate(field).toInstant();
    }
}
