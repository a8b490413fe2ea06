package app.users.command.credentials;

import app.users.command.security.SecurityLog;
import app.users.events.SecurityEvent.RefreshReused;
import app.users.events.SecurityEvent.SessionsRevoked;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The password hash and the token epoch of each user, and the end of sessions. The hash is in no event; the epoch
 * is also in events.
 */
public final class Credentials {

    /** @param epoch counts the times all sessions were ended */
    public record Credential(String passwordHash, long epoch) {}

    private final JdbcTemplate jdbc;
    private final SecurityLog log;

    public Credentials(JdbcTemplate jdbc, SecurityLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    public void create(long user, String passwordHash) {
        jdbc.update("insert into credential (user_id, password_hash, epoch) values (?, ?, 0)", user, passwordHash);
    }

    public Optional<Credential> find(long user) {
        return jdbc
                .query(
                        "select password_hash, epoch from credential where user_id = ?",
                        (row, i) -> new Credential(row.getString(1), row.getLong(2)),
                        user)
                .stream()
                .findFirst();
    }

    /** Notes that the user signed in. */
    public void noteUse(long user) {
        jdbc.update("update credential set used = true where user_id = ? and not used", user);
    }

    /** Whether nobody ever signed in. Nobody can, until the caller's transaction ends. */
    public boolean isUnused(long user) {
        // the lock first: whoever is signing in holds it until their session is there
        boolean unused = !jdbc.queryForList(
                        "select 1 from credential where user_id = ? and not used for update", Integer.class, user)
                .isEmpty();
        return unused
                && jdbc.queryForList("select 1 from session where user_id = ? limit 1", Integer.class, user)
                        .isEmpty();
    }

    /** The same password under a new hash, unless the verified hash is no longer the stored one. */
    public void rehash(long user, String verifiedHash, String hash) {
        jdbc.update(
                "update credential set password_hash = ? where user_id = ? and password_hash = ?",
                hash,
                user,
                verifiedHash);
    }

    /**
     * Sets the new hash and ends all sessions but one; false when the verified epoch is over. The hash itself would not
     * tell: it is another one too when somebody has just signed in and the same password was hashed anew.
     */
    public boolean replace(long user, long verifiedEpoch, String hash, long epoch, String keptSession) {
        int replaced = jdbc.update(
                "update credential set password_hash = ?, epoch = ? where user_id = ? and epoch = ?",
                hash,
                epoch,
                user,
                verifiedEpoch);
        if (replaced == 0) {
            return false;
        }
        jdbc.update("delete from session where user_id = ? and id <> ?", user, UUID.fromString(keptSession));
        log.add(new SessionsRevoked(user, null, keptSession));
        return true;
    }

    /** Sets the hash of whoever has proved otherwise who they are, and ends all sessions. */
    public void reset(long user, String hash, long epoch) {
        jdbc.update("update credential set password_hash = ?, used = true where user_id = ?", hash, user);
        endSessions(user, epoch);
    }

    /** From now on no password is right, and all sessions have ended. */
    public void replaceByNone(long user, long epoch) {
        reset(user, Passwords.unmatched(), epoch);
    }

    /**
     * False when the session had ended already.
     *
     * @param reused whether it ends because one of its refresh tokens came back spent
     */
    public boolean endSession(long user, String session, boolean reused) {
        boolean ended =
                jdbc.update("delete from session where user_id = ? and id = ?", user, UUID.fromString(session)) == 1;
        if (ended) {
            log.add(reused ? new RefreshReused(user, session) : new SessionsRevoked(user, session, null));
        }
        return ended;
    }

    /** Ends every session; access tokens of an earlier epoch are worth nothing from now on. */
    public void endSessions(long user, long epoch) {
        jdbc.update("update credential set epoch = ? where user_id = ?", epoch, user);
        jdbc.update("delete from session where user_id = ?", user);
        log.add(new SessionsRevoked(user, null, null));
    }

    public void delete(long user) {
        // first, as everywhere: whoever is signing in holds it, and their session has to be there to be deleted
        jdbc.update("delete from credential where user_id = ?", user);
        jdbc.update("delete from session where user_id = ?", user);
        jdbc.update("delete from known_address where user_id = ?", user);
    }
}
