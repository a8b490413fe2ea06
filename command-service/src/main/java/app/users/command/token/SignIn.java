package app.users.command.token;

import app.users.command.store.KeyedHash;
import app.users.command.token.Credentials.Credential;
import app.users.command.token.Sessions.Grant;
import app.users.web.Reason;
import app.users.web.Rejected;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Turns an identifier and a password into a session; whoever is not let in learns nothing from how. */
final class SignIn {

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Sessions sessions;

    SignIn(JdbcTemplate jdbc, KeyedHash hash, Credentials credentials, Passwords passwords, Sessions sessions) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.credentials = credentials;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /** @param kind EMAIL or NUMBER, as the claim was taken */
    Grant with(String kind, String normalised, String password, Client client) {
        List<Long> users = jdbc.queryForList(
                "select user_id from claim where kind = ? and hash = ?", Long.class, kind, hash.of(kind, normalised));
        Credential credential =
                users.isEmpty() ? null : credentials.find(users.getFirst()).orElse(null);
        if (credential == null) {
            passwords.matchesNobody(password);
            throw refused();
        }
        if (!passwords.matches(password, credential.passwordHash())) {
            throw refused();
        }
        String current = upToDate(users.getFirst(), credential.passwordHash(), password);
        return sessions.open(users.getFirst(), current, client).orElseThrow(SignIn::refused);
    }

    /** Only now is the password at hand, to hash it as today's passwords are. */
    private String upToDate(long user, String verifiedHash, String password) {
        if (!Passwords.isOutdated(verifiedHash)) {
            return verifiedHash;
        }
        String hash = passwords.hash(password);
        return credentials.rehash(user, verifiedHash, hash) ? hash : verifiedHash;
    }

    private static Rejected refused() {
        return Rejected.of(Reason.UNAUTHENTICATED, "bad-credentials");
    }
}
