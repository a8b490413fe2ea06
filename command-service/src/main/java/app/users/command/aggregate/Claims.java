package app.users.command.aggregate;

import static java.util.stream.Collectors.toSet;

import app.users.command.keys.KeyedHash;
import app.users.command.sweep.Sweep;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.Claimed;
import app.users.command.user.Holder;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The exclusive rights to emails and numbers, taken and given back in the transaction of the event. The table knows them by
 * keyed hashes alone. An unconfirmed claim ends when another user confirms the same email or number. How long it has been
 * unconfirmed belongs to the email or number, not to the user who has it, so giving it up and taking it again renews nothing.
 */
public final class Claims {

    private static final String UNCONFIRMED = "(claim.held_until is null and claim.unconfirmed_since is not null)";

    /** No user has this id: sequences begin at one. */
    private static final long NOBODY = 0;

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Clock clock;
    private final Duration exclusiveFor;

    /** @param exclusiveFor how long an unconfirmed email or number is refused to other users */
    Claims(JdbcTemplate jdbc, KeyedHash hash, Clock clock, Duration exclusiveFor) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.clock = clock;
        this.exclusiveFor = exclusiveFor;
    }

    /**
     * Whether the identifier now belongs to the user; waits for a rival whose transaction is still open. A held claim can be
     * taken by its user, and by everyone after it has expired.
     */
    boolean take(Identifier identifier, long user) {
        return jdbc.update(
                        "insert into claim (kind, hash, user_id, unconfirmed_since) values (?, ?, ?, now())"
                                + " on conflict (kind, hash) do update"
                                + " set user_id = excluded.user_id, held_until = null,"
                                + " unconfirmed_since = least(claim.unconfirmed_since, now())"
                                + " where claim.held_until is not null"
                                + " and (claim.user_id = excluded.user_id or claim.held_until <= now())",
                        identifier.kind().name(),
                        hash(identifier),
                        user)
                == 1;
    }

    /** Of a new user, who has no identifiers yet. */
    Claimed takeAll(List<Identifier> identifiers, long user) {
        List<Identifier> rejected =
                identifiers.stream().filter(wanted -> !take(wanted, user)).toList();
        if (rejected.size() == 1 && isContestable(rejected.getFirst())) {
            return new Claimed(Set.of(), Optional.of(rejected.getFirst().kind()));
        }
        return new Claimed(rejected.stream().map(Identifier::kind).collect(toSet()), Optional.empty());
    }

    /**
     * Moves the claims that can move. One identifier may become pending if the user has the other one.
     *
     * @param present the user's email and number before
     * @param holdUntil until when a held former identifier cannot be taken by other users
     */
    Claimed moveAll(List<ClaimMove> moves, List<Identifier> present, long user, Instant holdUntil) {
        Map<Kind, Identifier> after = new EnumMap<>(Kind.class);
        present.forEach(identifier -> after.put(identifier.kind(), identifier));
        List<ClaimMove> rejected = new ArrayList<>();
        for (ClaimMove move : moves) {
            if (move(move, user, holdUntil)) {
                after.put(move.to().kind(), move.to());
            } else {
                rejected.add(move);
            }
        }
        Set<Kind> taken = EnumSet.noneOf(Kind.class);
        Optional<Kind> pending = Optional.empty();
        for (ClaimMove move : rejected) {
            Kind kind = move.to().kind();
            boolean hasOther = after.values().stream()
                    .filter(identifier -> identifier.kind() != kind)
                    .allMatch(identifier -> isOf(identifier, user));
            if (pending.isEmpty() && hasOther && isContestable(move.to())) {
                giveUp(move, user, holdUntil);
                pending = Optional.of(kind);
            } else {
                taken.add(kind);
            }
        }
        return new Claimed(taken, pending);
    }

    /** Whether it has been unconfirmed for so long that another user may name it. */
    private boolean isContestable(Identifier identifier) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from claim where kind = ? and hash = ? and " + UNCONFIRMED
                        + " and unconfirmed_since <= now() - make_interval(secs => ?))",
                Boolean.class,
                identifier.kind().name(),
                hash(identifier),
                exclusiveFor.toSeconds()));
    }

    /** Finds the other user who has claimed the identifier that this user wants to confirm. */
    Holder holder(Identifier identifier, long user) {
        return jdbc
                .query(
                        "select user_id, coalesce(held_until <= now(), false), " + UNCONFIRMED
                                + " from claim where kind = ? and hash = ?",
                        (row, i) -> {
                            long holder = row.getLong(1);
                            if (holder == user || row.getBoolean(2)) {
                                return new Holder.NoOther();
                            }
                            return row.getBoolean(3) ? new Holder.Unconfirmed(holder) : new Holder.Another();
                        },
                        identifier.kind().name(),
                        hash(identifier))
                .stream()
                .findFirst()
                .orElseGet(Holder.NoOther::new);
    }

    /**
     * Whether the user now has it confirmed.
     *
     * @param holder who had it when the user was allowed to confirm it; false if it is another one by now
     */
    boolean confirm(Identifier identifier, long user, Holder holder) {
        return jdbc.update(
                        "insert into claim (kind, hash, user_id) values (?, ?, ?) on conflict (kind, hash) do update"
                                + " set user_id = excluded.user_id, held_until = null, unconfirmed_since = null"
                                + " where claim.user_id = excluded.user_id or claim.held_until <= now()"
                                + " or claim.user_id = ? and " + UNCONFIRMED,
                        identifier.kind().name(),
                        hash(identifier),
                        user,
                        holder.loser().orElse(user))
                == 1;
    }

    /**
     * Whether the user now has the one instead of the other; if not, nothing changed.
     *
     * @param holdUntil until when a held former identifier cannot be taken by other users
     */
    boolean move(ClaimMove move, long user, Instant holdUntil) {
        if (!take(move.to(), user)) {
            return false;
        }
        giveUp(move, user, holdUntil);
        return true;
    }

    private void giveUp(ClaimMove move, long user, Instant holdUntil) {
        if (move.held()) {
            hold(move.from(), user, holdUntil);
        } else {
            release(move.from(), user);
        }
    }

    private void hold(Identifier identifier, long user, Instant until) {
        jdbc.update(
                "update claim set held_until = ? where kind = ? and hash = ? and user_id = ?",
                Timestamp.from(until),
                identifier.kind().name(),
                hash(identifier),
                user);
    }

    private void release(Identifier identifier, long user) {
        release("kind = ? and hash = ? and user_id = ?", identifier.kind().name(), hash(identifier), user);
    }

    void releaseAll(long user) {
        release("user_id = ?", user);
    }

    /** Everybody can take it at once; of an unconfirmed one a row without a user keeps since when it is unconfirmed. */
    private void release(String which, Object... arguments) {
        jdbc.update("delete from claim where unconfirmed_since is null and " + which, arguments);
        jdbc.update("update claim set user_id = " + NOBODY + ", held_until = now() where " + which, arguments);
    }

    /** Whether it is the user's at present. */
    public boolean isOf(Identifier identifier, long user) {
        return !jdbc.queryForList(
                        "select 1 from claim where kind = ? and hash = ? and user_id = ? and held_until is null",
                        Integer.class,
                        identifier.kind().name(),
                        hash(identifier),
                        user)
                .isEmpty();
    }

    /** By this hash the table knows it. */
    public byte[] hash(Identifier identifier) {
        return hash.of(identifier);
    }

    /** Whose identifier it is, or was until a change that can still be undone. */
    public OptionalLong owner(Kind kind, byte[] hashed) {
        return jdbc
                .queryForList(
                        "select user_id from claim where kind = ? and hash = ?"
                                + " and (held_until is null or held_until > now())",
                        Long.class,
                        kind.name(),
                        hashed)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Deletes expired held claims, and unconfirmed claims that were released longer ago than {@code exclusiveFor}. */
    @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT1H")
    void sweep() {
        Instant now = clock.instant();
        var held = Sweep.delete(jdbc, "claim", "held_until <= ? and unconfirmed_since is null", Timestamp.from(now));
        var given = Sweep.delete(jdbc, "claim", "held_until <= ?", Timestamp.from(now.minus(exclusiveFor)));
    }
}
