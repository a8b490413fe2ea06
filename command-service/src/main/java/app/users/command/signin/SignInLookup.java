package app.users.command.signin;

import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.Passwords;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.keys.WrappedKey;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.value.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that sign-in needs before it compares a password: one query, the same for known and unknown identifiers. */
class SignInLookup {

    /**
     * The account of an identifier.
     *
     * @param knownSince date of the last sign-in from the client's network, if it was recent
     * @param used whether anybody signed in before
     */
    record Account(
            long user, Credential credential, WrappedKey wrappedKey, Optional<Instant> knownSince, boolean used) {

        boolean isUnknown() {
            return user == UNKNOWN;
        }
    }

    /**
     * What the query found before the password is compared.
     *
     * @param identifier its keyed hash
     * @param wrongLately whether wrong passwords were counted recently
     */
    record Known(byte[] identifier, Account account, boolean wrongLately) {}

    /** The user id of the stand-in: sequences begin at one. */
    private static final long UNKNOWN = 0;

    /** Finds no row for an unknown identifier, yet returns one, so that the steps are the same for every identifier. */
    private static final String FIND = """
            select credential.user_id, password_hash, epoch, wrapped, master_key, used_at, used, exists (
                select from throttle where id = encode(sha256(
                    case when used_at is not null then :here::bytea else :elsewhere::bytea end
                        || coalesce(int8send(claim.user_id), tried.hash)), 'hex'))
            from (values (:kind::text, :hash::bytea)) tried (kind, hash)
            left join claim on claim.kind = tried.kind and claim.hash = tried.hash and claim.held_until is null
            cross join lateral (select coalesce(claim.user_id, 0)) meant (user_id)
            left join credential on credential.user_id = meant.user_id
            left join user_key on user_key.user_id = meant.user_id
            left join lateral (
                select used_at from known_address
                where user_id = meant.user_id and address = sha256(:network || int8send(meant.user_id))
                    and used_at > :since) known on true""";

    private final JdbcClient jdbc;
    private final KeyedHash hash;
    private final WrongPasswords wrongPasswords;
    private final KnownAddresses addresses;

    /** The account of every unknown identifier: compared, encrypted for and refused like a real one. */
    private final Account standIn;

    SignInLookup(
            JdbcTemplate jdbc,
            KeyedHash hash,
            UserKeys keys,
            Passwords passwords,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses) {
        this.jdbc = JdbcClient.create(jdbc);
        this.hash = hash;
        this.wrongPasswords = wrongPasswords;
        this.addresses = addresses;
        this.standIn = new Account(
                UNKNOWN, new Credential(passwords.standIn(), 0), keys.wrapNew(UNKNOWN), Optional.empty(), true);
    }

    /** @param address of the client */
    Known find(Identifier identifier, String address, Instant now) {
        byte[] hashed = hash.of(identifier);
        return jdbc.sql(FIND)
                .param("here", wrongPasswords.place(address))
                .param("elsewhere", wrongPasswords.place(""))
                .param("kind", identifier.kind().name())
                .param("hash", hashed)
                .param("network", addresses.network(address))
                .param("since", addresses.since(now))
                .query((row, i) -> new Known(hashed, account(row), row.getBoolean(8)))
                .single();
    }

    /** The stand-in, also while the user is being erased. */
    private Account account(ResultSet row) throws SQLException {
        @Nullable String passwordHash = row.getString(2);
        byte @Nullable [] wrapped = row.getBytes(4);
        if (passwordHash == null || wrapped == null) {
            return standIn;
        }
        WrappedKey wrappedKey = new WrappedKey(wrapped, row.getString(5));
        Optional<Instant> known = Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant);
        return new Account(
                row.getLong(1), new Credential(passwordHash, row.getLong(3)), wrappedKey, known, row.getBoolean(7));
    }
}
