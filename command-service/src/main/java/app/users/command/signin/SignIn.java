package app.users.command.signin;

import app.users.command.credentials.Credentials;
import app.users.command.credentials.Passwords;
import app.users.command.keys.UserKeys;
import app.users.command.security.SecurityLog;
import app.users.command.security.SecurityLog.Refusal;
import app.users.command.security.SecurityLog.Stranger;
import app.users.command.signin.Sessions.Grant;
import app.users.command.signin.SignInLookup.Account;
import app.users.command.signin.SignInLookup.Known;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.value.Identifier;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Opens a session for an identifier and a password. Every refusal has the same answer at the same cost. */
final class SignIn {

    private final SignInLookup lookup;
    private final UserKeys keys;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Sessions sessions;
    private final WrongPasswords wrongPasswords;
    private final KnownAddresses addresses;
    private final SecurityLog log;
    private final Clock clock;

    SignIn(
            SignInLookup lookup,
            UserKeys keys,
            Credentials credentials,
            Passwords passwords,
            Sessions sessions,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses,
            SecurityLog log,
            Clock clock) {
        this.lookup = lookup;
        this.keys = keys;
        this.credentials = credentials;
        this.passwords = passwords;
        this.sessions = sessions;
        this.wrongPasswords = wrongPasswords;
        this.addresses = addresses;
        this.log = log;
        this.clock = clock;
    }

    /** @throws Rejected if identifier and password do not match, or after too many wrong passwords */
    Grant with(Identifier identifier, String password, Client client) {
        Instant now = clock.instant();
        Known known = lookup.find(identifier, client.address(), now);
        try (WrongPasswords.Try one = begin(known, client)) {
            Grant grant = open(known.account(), password, client).orElse(null);
            if (grant == null) {
                one.wrong();
                tell(Refusal.CREDENTIALS, known, client);
                throw Rejected.of(Reason.UNAUTHENTICATED, "bad-credentials");
            }
            one.right();
            if (!known.account().used()) {
                credentials.noteUse(grant.user());
            }
            addresses.note(grant.user(), client.address(), known.account().knownSince(), now);
            return grant;
        }
    }

    private WrongPasswords.Try begin(Known known, Client client) {
        Account account = known.account();
        byte[] whom = account.isUnknown() ? known.identifier() : WrongPasswords.user(account.user());
        try {
            return account.knownSince().isPresent()
                    ? wrongPasswords.begin(whom, client.address(), known.wrongLately())
                    : wrongPasswords.beginElsewhere(whom, client.address(), known.wrongLately());
        } catch (Rejected e) {
            tell(Refusal.THROTTLED, known, client);
            throw e;
        }
    }

    private void tell(Refusal reason, Known known, Client client) {
        Account account = known.account();
        byte[] network = addresses.network(client.address());
        // also for an unknown account, so that it takes as long
        byte[] sealed = sealed(client, account);
        log.refused(
                reason,
                account.isUnknown()
                        ? new Stranger(known.identifier(), network, null, null)
                        : new Stranger(known.identifier(), network, account.user(), sealed));
    }

    private byte[] sealed(Client client, Account account) {
        return client.seal(account.user(), account.wrappedKey(), keys);
    }

    private Optional<Grant> open(Account account, String password, Client client) {
        if (!passwords.matches(
                client.requester(), password, account.credential().passwordHash())) {
            return Optional.empty();
        }
        bringUpToDate(account, password, client);
        return sessions.open(account.user(), account.credential(), sealed(client, account));
    }

    /** The password is in memory only during the sign-in, so an old hash is replaced now. */
    private void bringUpToDate(Account account, String password, Client client) {
        String verified = account.credential().passwordHash();
        if (Passwords.isOutdated(verified)) {
            credentials.rehash(account.user(), verified, passwords.hash(client.requester(), password));
        }
    }
}
