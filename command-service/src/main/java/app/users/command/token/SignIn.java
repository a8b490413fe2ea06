package app.users.command.token;

import app.users.command.security.SecurityLog;
import app.users.command.security.SecurityLog.Stranger;
import app.users.command.store.KeyedHash;
import app.users.command.store.UserKeys;
import app.users.command.store.WrappedKey;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.token.Credentials.Credential;
import app.users.command.token.Sessions.Grant;
import app.users.command.value.Identifier;
import app.users.events.SecurityEvent.SignInRefused.Refusal;
import app.users.web.Reason;
import app.users.web.Rejected;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Turns an identifier and a password into a session; whoever is not let in learns nothing from how. */
final class SignIn {

    /** All that has to be known before the password is looked at, in one round trip, and in the same one for everybody. */
    private static final String FIND = """
            select credential.user_id, password_hash, epoch, wrapped, master_key, used_at, %s
            from (values (?::text, ?::bytea)) tried (kind, hash)
            left join claim using (kind, hash)
            cross join lateral (select coalesce(claim.user_id, 0)) meant (user_id)
            left join credential on credential.user_id = meant.user_id
            left join user_key on user_key.user_id = meant.user_id
            left join lateral %s known on true""".formatted(
                    WrongPasswords.counted("used_at is not null", "coalesce(int8send(claim.user_id), tried.hash)"),
                    KnownAddresses.usedAt("meant.user_id"));

    private static final long NOBODY = 0;

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final UserKeys keys;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Sessions sessions;
    private final WrongPasswords wrongPasswords;
    private final KnownAddresses addresses;
    private final SecurityLog log;
    private final Clock clock;

    /** Whom every unknown identifier means: compared, encrypted for and refused like anybody. */
    private final Account nobody;

    SignIn(
            JdbcTemplate jdbc,
            KeyedHash hash,
            UserKeys keys,
            Credentials credentials,
            Passwords passwords,
            Sessions sessions,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses,
            SecurityLog log,
            Clock clock) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.keys = keys;
        this.credentials = credentials;
        this.passwords = passwords;
        this.sessions = sessions;
        this.wrongPasswords = wrongPasswords;
        this.addresses = addresses;
        this.log = log;
        this.clock = clock;
        this.nobody =
                new Account(NOBODY, new Credential(passwords.nobody(), 0), keys.wrapNew(NOBODY), Optional.empty());
    }

    /**
     * @param knownSince when the person last signed in from this client's address, if lately
     */
    record Account(long user, Credential credential, WrappedKey wrappedKey, Optional<Instant> knownSince) {

        byte[] id() {
            return ByteBuffer.allocate(Long.BYTES).putLong(user).array();
        }
    }

    /** @param wrongLately whether a wrong password was given for it lately */
    record Tried(byte[] identifier, Client client, Account account, boolean wrongLately) {

        boolean isForNobody() {
            return account.user() == NOBODY;
        }

        byte[] whom() {
            return isForNobody() ? identifier : account.id();
        }

        /** The address, if the person has signed in from there lately. */
        String knownAddress() {
            return account.knownSince().isPresent() ? client.address() : "";
        }
    }

    Grant with(Identifier who, String password, Client client) {
        Instant now = clock.instant();
        Tried tried = find(who.kind(), hash.of(who.kind().name(), who.value()), client, now);
        try (WrongPasswords.Try attempt = begin(tried)) {
            Grant grant = open(tried.account(), password, client).orElse(null);
            if (grant == null) {
                attempt.wrong();
                tell(Refusal.CREDENTIALS, tried);
                throw Rejected.of(Reason.UNAUTHENTICATED, "bad-credentials");
            }
            attempt.right();
            addresses.note(grant.user(), client.address(), tried.account().knownSince(), now);
            return grant;
        }
    }

    private Tried find(Identifier.Kind kind, byte[] identifier, Client client, Instant now) {
        return Objects.requireNonNull(jdbc.queryForObject(
                FIND,
                (row, i) -> new Tried(identifier, client, account(row), row.getBoolean(7)),
                wrongPasswords.place(client.address()),
                wrongPasswords.place(""),
                kind.name(),
                identifier,
                addresses.network(client.address()),
                addresses.since(now)));
    }

    /** Nobody, too, while the user is being erased. */
    private Account account(ResultSet row) throws SQLException {
        String passwordHash = row.getString(2);
        byte[] wrapped = row.getBytes(4);
        if (passwordHash == null || wrapped == null) {
            return nobody;
        }
        WrappedKey wrappedKey = new WrappedKey(wrapped, row.getString(5));
        Optional<Instant> known = Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant);
        return new Account(row.getLong(1), new Credential(passwordHash, row.getLong(3)), wrappedKey, known);
    }

    private WrongPasswords.Try begin(Tried tried) {
        try {
            return wrongPasswords.begin(tried.whom(), tried.knownAddress(), tried.wrongLately());
        } catch (Rejected e) {
            tell(Refusal.THROTTLED, tried);
            throw e;
        }
    }

    private void tell(Refusal reason, Tried tried) {
        byte[] network = addresses.network(tried.client().address());
        byte[] sealed = sealed(tried.client(), tried.account());
        log.refused(
                reason,
                tried.isForNobody()
                        ? new Stranger(tried.identifier(), network, null, null)
                        : new Stranger(
                                tried.identifier(), network, tried.account().user(), sealed));
    }

    private byte[] sealed(Client client, Account account) {
        return client.seal(account.user(), account.wrappedKey(), keys);
    }

    private Optional<Grant> open(Account account, String password, Client client) {
        if (!passwords.matches(password, account.credential().passwordHash())) {
            return Optional.empty();
        }
        bringUpToDate(account, password);
        return sessions.open(account.user(), account.credential(), sealed(client, account));
    }

    /** Only now is the password at hand, to hash it as today's passwords are. */
    private void bringUpToDate(Account account, String password) {
        String verified = account.credential().passwordHash();
        if (Passwords.isOutdated(verified)) {
            credentials.rehash(account.user(), verified, passwords.hash(password));
        }
    }
}
