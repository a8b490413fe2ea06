package app.users.command.aggregate;

import app.users.command.keys.KeyedHash;
import app.users.command.sweep.Sweep;
import app.users.command.user.CodeLimits;
import app.users.command.value.Identifier;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the codes that reset passwords. A wrong code runs the same statements whether the email is known or not, and adds no event.
 * If the client names its request, wrong codes count for that request. Otherwise they count for the email, separately for networks that
 * the user signs in from, and the code stays valid. So wrong codes of strangers do not block the owner.
 */
public final class ResetCodes {

    /** Stands for the code of an unknown email and is compared like a stored one. */
    private static final byte[] NO_CODE = new byte[32];

    private record Kept(
            long user,
            String request,
            byte[] code,
            @Nullable Instant expires,
            boolean known) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final KeyedHash hash;
    private final Tally tally;
    private final CodeLimits limits;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ResetCodes(
            JdbcTemplate jdbc,
            KeyedHash hash,
            Tally tally,
            CodeLimits limits,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = JdbcClient.create(jdbc);
        this.template = jdbc;
        this.hash = hash;
        this.tally = tally;
        this.limits = limits;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The id of the request that a client names by this handle. Events show the id, so the handle must not follow from it. */
    public String request(String handle) {
        return HexFormat.of().formatHex(hash.of("reset-handle", handle));
    }

    /** @param known whether it was asked for from a network that the user signs in from */
    void keep(long user, String request, String code, Instant expires, boolean known) {
        jdbc.sql("""
                insert into reset_code (user_id, request, code, expires_at, known) values (?, ?, ?, ?, ?)
                on conflict (user_id) do update set request = excluded.request, code = excluded.code,
                    expires_at = excluded.expires_at, known = excluded.known""")
                .params(user, request, hash(user, request, code), Timestamp.from(expires), known)
                .update();
    }

    void forget(long user) {
        jdbc.sql("delete from reset_code where user_id = ?").param(user).update();
    }

    /** Whether there is a valid code that was requested from a network the user signs in from. Requests from other networks do not replace it. */
    public boolean hasOneFromKnownNetwork(long user, Instant now) {
        return jdbc.sql("select exists (select from reset_code where user_id = ? and known and expires_at > ?)")
                .params(user, Timestamp.from(now))
                .query(Boolean.class)
                .single();
    }

    /**
     * What became of a code that was tried.
     *
     * @param owner of the email, if there is one
     * @param right whether the code resets the owner's password; not after too many tries
     */
    public record Try(OptionalLong owner, boolean right) {}

    /**
     * Counts the try, then compares the code.
     *
     * @param handle of the request, if the client named it
     * @param network keyed hash of the client's
     * @param since when a user must have signed in from it for it to be known
     */
    public Try tryCode(
            Identifier email, String code, @Nullable String handle, byte[] network, Timestamp since, Instant now) {
        Kept kept = find(email, network, since);
        boolean ofRequest = handle != null && request(handle).equals(kept.request());
        boolean mayBeTried = ofRequest
                ? count("reset-code/of/" + kept.request(), limits.tries(), now)
                : count(
                        (kept.known() ? "reset-code/known/to/" : "reset-code/to/") + email.value(),
                        limits.wrongADay(),
                        now);
        boolean right = MessageDigest.isEqual(kept.code(), hash(kept.user(), kept.request(), code));
        boolean lives = kept.expires() != null && now.isBefore(kept.expires());
        OptionalLong owner = kept.user() == 0 ? OptionalLong.empty() : OptionalLong.of(kept.user());
        return new Try(owner, owner.isPresent() && mayBeTried && right && lives);
    }

    private Kept find(Identifier email, byte[] network, Timestamp since) {
        return jdbc.sql("""
                select coalesce(claim.user_id, 0), coalesce(request, ''), code, expires_at, exists (
                    select from known_address where known_address.user_id = claim.user_id
                        and address = sha256(? || int8send(claim.user_id)) and used_at > ?)
                from (values (?::text, ?::bytea)) tried (kind, hash)
                left join claim on claim.kind = tried.kind and claim.hash = tried.hash
                    and (claim.held_until is null or claim.held_until > now())
                left join reset_code on reset_code.user_id = claim.user_id""")
                .params(network, since, email.kind().name(), hash.of(email))
                .query((row, i) -> new Kept(
                        row.getLong(1),
                        row.getString(2),
                        Objects.requireNonNullElse(row.getBytes(3), NO_CODE),
                        row.getTimestamp(4) == null ? null : row.getTimestamp(4).toInstant(),
                        row.getBoolean(5)))
                .single();
    }

    /** Whether it was counted, since there were fewer than so many in 24 hours. */
    private boolean count(String what, int most, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean free = tally.newest(what, most, now).size() < most;
            if (free) {
                tally.add(what, now);
            }
            return free;
        }));
    }

    private byte[] hash(long user, String request, String code) {
        return hash.of("reset-code", user + "/" + request + "/" + code);
    }

    @Scheduled(initialDelayString = "PT12M", fixedDelayString = "PT1H")
    void sweep() {
        var unused = Sweep.delete(template, "reset_code", "expires_at <= ?", Timestamp.from(clock.instant()));
    }
}
