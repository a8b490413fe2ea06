package app.users.command.token;

import app.users.command.store.KeyedHash;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.token.Sessions.Grant;
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

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Sessions sessions;
    private final WrongPasswords wrongPasswords;
    private final KnownAddresses addresses;
    private final Clock clock;

    SignIn(
            JdbcTemplate jdbc,
            KeyedHash hash,
            Credentials credentials,
            Passwords passwords,
            Sessions sessions,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses,
            Clock clock) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.credentials = credentials;
        this.passwords = passwords;
        this.sessions = sessions;
        this.wrongPasswords = wrongPasswords;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** All that has to be known before the password is looked at, in one round trip, and in the same one for everybody. */
    private static final String FIND = """
            select user_id, password_hash, used_at, %s
            from (values (?::text, ?::bytea)) tried (kind, hash)
            left join claim using (kind, hash)
            left join credential using (user_id)
            left join lateral %s known on true""".formatted(
                    WrongPasswords.counted("used_at is not null", "coalesce(int8send(user_id), tried.hash)"),
                    KnownAddresses.usedAt("claim.user_id"));

    /** @param knownSince when the person last signed in from this client's address, if lately */
    record Account(long user, String passwordHash, Optional<Instant> knownSince) {

        byte[] id() {
            return ByteBuffer.allocate(Long.BYTES).putLong(user).array();
        }
    }

    /** @param wrongLately whether a wrong password was given for it lately */
    record Tried(Optional<Account> account, boolean wrongLately) {}

    /** @param kind EMAIL or NUMBER, as the claim was taken */
    Grant with(String kind, String normalised, String password, Client client) {
        byte[] identifier = hash.of(kind, normalised);
        Instant now = clock.instant();
        Tried tried = find(kind, identifier, client, now);
        Optional<Account> account = tried.account();
        Optional<Instant> known = account.flatMap(Account::knownSince);
        byte[] whom = account.map(Account::id).orElse(identifier);
        try (WrongPasswords.Try attempt =
                wrongPasswords.begin(whom, known.isPresent() ? client.address() : "", tried.wrongLately())) {
            Grant grant = account.flatMap(a -> open(a, password, client)).orElse(null);
            if (account.isEmpty()) {
                passwords.matchesNobody(password);
            }
            if (grant == null) {
                attempt.wrong();
                throw Rejected.of(Reason.UNAUTHENTICATED, "bad-credentials");
            }
            attempt.right();
            addresses.note(grant.user(), client.address(), known, now);
            return grant;
        }
    }

    private Tried find(String kind, byte[] identifier, Client client, Instant now) {
        return Objects.requireNonNull(jdbc.queryForObject(
                FIND,
                SignIn::tried,
                wrongPasswords.place(client.address()),
                wrongPasswords.place(""),
                kind,
                identifier,
                addresses.network(client.address()),
                addresses.since(now)));
    }

    private static Tried tried(ResultSet row, int number) throws SQLException {
        Optional<Account> account = Optional.empty();
        String passwordHash = row.getString(2);
        if (passwordHash != null) {
            Optional<Instant> known = Optional.ofNullable(row.getTimestamp(3)).map(Timestamp::toInstant);
            account = Optional.of(new Account(row.getLong(1), passwordHash, known));
        }
        return new Tried(account, row.getBoolean(4));
    }

    private Optional<Grant> open(Account account, String password, Client client) {
        if (!passwords.matches(password, account.passwordHash())) {
            return Optional.empty();
        }
        String current = upToDate(account.user(), account.passwordHash(), password);
        return sessions.open(account.user(), current, client);
    }

    /** Only now is the password at hand, to hash it as today's passwords are. */
    private String upToDate(long user, String verifiedHash, String password) {
        if (!Passwords.isOutdated(verifiedHash)) {
            return verifiedHash;
        }
        String hash = passwords.hash(password);
        return credentials.rehash(user, verifiedHash, hash) ? hash : verifiedHash;
    }
}
