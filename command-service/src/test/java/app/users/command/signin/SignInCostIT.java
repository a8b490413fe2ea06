package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.CommandDatabase;
import app.users.command.credentials.Argon2;
import app.users.command.credentials.Credentials;
import app.users.command.credentials.Passwords;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.command.security.SecurityLog;
import app.users.command.signin.Sessions.Grant;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.value.Identifier;
import app.users.web.problem.Rejected;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.springframework.jdbc.core.JdbcTemplate;

/** Security line 4: each try costs one hash, whoever is meant and however it ends. Accounts are found in PostgreSQL. */
class SignInCostIT {

    private static final Client CLIENT = new Client("127.0.0.1", "test");
    private static final Identifier EMAIL = Identifier.ofEmail("a@b.example");
    private static final JdbcTemplate JDBC = new JdbcTemplate(CommandDatabase.migrated());

    private final AtomicInteger hashes = new AtomicInteger();
    private final Passwords passwords = new Passwords(
            (password, salt, memory, passes) -> {
                hashes.incrementAndGet();
                return Argon2.byBouncyCastle(password, salt, memory, passes);
            },
            System::nanoTime);
    private final KeyedHash hash = new KeyedHash(new byte[32]);
    private final UserKeys keys = new UserKeys(JDBC, new byte[32]);
    private final SecurityLog log = mock();
    private final Credentials credentials = new Credentials(JDBC, log);
    private final WrongPasswords wrongPasswords = mock(WrongPasswords.class, Answers.RETURNS_MOCKS);
    private final KnownAddresses addresses = mock();
    private final Sessions sessions = mock();
    private SignIn signIn;

    @BeforeEach
    void nobodyIsThere() {
        JDBC.update("delete from claim");
        JDBC.update("delete from credential");
        JDBC.update("delete from user_key");
        given(wrongPasswords.place(any())).willReturn(new byte[32]);
        given(addresses.network(any())).willReturn(new byte[32]);
        given(addresses.since(any())).willReturn(Timestamp.from(Instant.EPOCH));
        given(sessions.open(anyLong(), any(), any()))
                .willReturn(Optional.of(new Grant(1, 0, 1, UUID.randomUUID(), "opaque")));
        var lookup = new SignInLookup(JDBC, hash, keys, passwords, wrongPasswords, addresses);
        signIn = new SignIn(
                lookup, keys, credentials, passwords, sessions, wrongPasswords, addresses, log, Clock.systemUTC());
    }

    @Test
    void whoDoesNotExistCostsOneHash() {
        assertThat(costOfRefusal("a password")).isOne();
    }

    @Test
    void whoIsJustBeingErasedCostsOneHash() {
        register("a password");
        JDBC.update("delete from user_key");
        assertThat(costOfRefusal("a password")).isOne();
    }

    @Test
    void aWrongPasswordCostsOneHash() {
        register("another password");
        assertThat(costOfRefusal("a password")).isOne();
    }

    @Test
    void theRightPasswordCostsOneHash() {
        register("a password");
        hashes.set(0);
        assertThat(signIn.with(EMAIL, "a password", CLIENT).user()).isOne();
        assertThat(hashes).hasValue(1);
    }

    private int costOfRefusal(String password) {
        hashes.set(0);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> signIn.with(EMAIL, password, CLIENT))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("bad-credentials"));
        return hashes.get();
    }

    private void register(String password) {
        JDBC.update(
                "insert into claim (kind, hash, user_id) values (?, ?, 1)",
                EMAIL.kind().name(),
                hash.of(EMAIL));
        keys.create(1);
        credentials.create(1, passwords.hash(CLIENT.requester(), password));
    }
}
