package app.users.command.token;

import app.users.command.store.KeyedHash;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.token.Sessions.Grant;
import app.users.web.Reason;
import app.users.web.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
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

    record Account(long user, String passwordHash) {}

    /** @param kind EMAIL or NUMBER, as the claim was taken */
    Grant with(String kind, String normalised, String password, Client client) {
        byte[] identifier = hash.of(kind, normalised);
        Optional<Account> account = find(kind, identifier);
        Instant now = clock.instant();
        Optional<Instant> known = account.flatMap(a -> addresses.usedAt(a.user(), client.address(), now));
        String whom = account.map(a -> "user " + a.user())
                .orElseGet(() -> HexFormat.of().formatHex(identifier));
        try (WrongPasswords.Try attempt = wrongPasswords.begin(whom, known.isPresent() ? client.address() : "")) {
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

    private Optional<Account> find(String kind, byte[] identifier) {
        return jdbc
                .query(
                        "select user_id, password_hash from claim join credential using (user_id)"
                                + " where kind = ? and hash = ?",
                        (row, i) -> new Account(row.getLong(1), row.getString(2)),
                        kind,
                        identifier)
                .stream()
                .findFirst();
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
