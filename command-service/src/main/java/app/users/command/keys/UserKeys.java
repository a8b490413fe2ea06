package app.users.command.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The encryption key of each user, stored encrypted under the master key. Deleting the row erases the user: without it, personal
 * fields cannot be decrypted, in a backup of the events neither. Keys are also cached; {@link #existing} removes those from the
 * cache whose row another process has deleted.
 */
public final class UserKeys {

    private static final String KEY = "user-key";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcTemplate jdbc;
    private final MasterKeys masters;
    private final Cache<Long, SecretKey> cache =
            Caffeine.newBuilder().maximumSize(50_000).build();

    public UserKeys(JdbcTemplate jdbc, byte[] masterKey) {
        this(jdbc, new MasterKeys(masterKey, List.of()));
    }

    UserKeys(JdbcTemplate jdbc, MasterKeys masters) {
        this.jdbc = jdbc;
        this.masters = masters;
    }

    /** Makes the key of a new user, in the caller's transaction. */
    public void create(long user) {
        WrappedKey wrapped = wrapNew(user);
        jdbc.update(
                "insert into user_key (user_id, wrapped, master_key) values (?, ?, ?)",
                user,
                wrapped.bytes(),
                wrapped.masterKey());
        cache.put(user, unwrap(user, wrapped));
    }

    /** A new key as it would be stored; it is kept nowhere. */
    public WrappedKey wrapNew(long user) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return masters.wrap(context(KEY, user), key);
    }

    /** The same key under the current master key; nothing when it does not open. */
    Optional<WrappedKey> rewrap(long user, WrappedKey wrapped) {
        byte[] context = context(KEY, user);
        return masters.unwrap(context, wrapped).map(key -> masters.wrap(context, key));
    }

    public void destroy(long user) {
        jdbc.update("delete from user_key where user_id = ?", user);
        cache.invalidate(user);
    }

    /**
     * Encrypts what is kept about a person beside the events; nothing when the person was erased.
     *
     * @param purpose what it is; opening it as something else fails
     */
    public Optional<byte[]> seal(long user, String purpose, byte[] plain) {
        return find(user).map(key -> Sealed.seal(key, context(purpose, user), plain));
    }

    /** The same under a key that was read, as it is stored, along with something else. */
    public byte[] seal(long user, WrappedKey wrapped, String purpose, byte[] plain) {
        return Sealed.seal(unwrap(user, wrapped), context(purpose, user), plain);
    }

    /** Nothing when the person was erased. */
    public Optional<byte[]> open(long user, String purpose, byte[] sealed) {
        return find(user).map(key -> Sealed.open(key, context(purpose, user), sealed));
    }

    /** Nothing when the user was erased; found without a row as long as this process has the key cached. */
    Optional<SecretKey> find(long user) {
        SecretKey cached = cache.getIfPresent(user);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<SecretKey> stored = stored(user);
        stored.ifPresent(key -> cache.put(user, key));
        return stored;
    }

    /**
     * Which of these users have not been erased. Asks the table, past the cache: another process may have erased one a
     * moment ago. Their keys are at hand afterwards.
     */
    public Set<Long> existing(Collection<Long> users) {
        Set<Long> found = new HashSet<>();
        jdbc.query(
                "select user_id, wrapped, master_key from user_key where user_id = any (?)",
                row -> {
                    long user = row.getLong(1);
                    found.add(user);
                    if (cache.getIfPresent(user) == null) {
                        cache.put(user, unwrap(user, new WrappedKey(row.getBytes(2), row.getString(3))));
                    }
                },
                (Object) users.toArray(Long[]::new));
        users.stream().filter(user -> !found.contains(user)).forEach(cache::invalidate);
        return found;
    }

    private Optional<SecretKey> stored(long user) {
        return jdbc
                .query(
                        "select wrapped, master_key from user_key where user_id = ?",
                        (row, i) -> new WrappedKey(row.getBytes(1), row.getString(2)),
                        user)
                .stream()
                .findFirst()
                .map(wrapped -> unwrap(user, wrapped));
    }

    private SecretKey unwrap(long user, WrappedKey wrapped) {
        return masters.unwrap(context(KEY, user), wrapped)
                .map(key -> new SecretKeySpec(key, "AES"))
                .orElseThrow(() -> new IllegalStateException(
                        "the key of user " + user + " does not open: another master key, or it was tampered with"));
    }

    private static byte[] context(String purpose, long user) {
        return (purpose + "/" + user).getBytes(StandardCharsets.UTF_8);
    }
}
