package app.users.command.password;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.events.ConfirmationCode.Purpose;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Requests to reset a password. Each request is stored and handled after the answer, so the answer takes equally
 * long whether the user exists or not. Stored requests survive a restart. If one is handled twice, the cool-down
 * of codes refuses the second code.
 */
class ForgottenPasswords implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenPasswords.class);
    private static final Duration WORTH_WHILE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 100;

    private record Wish(long id, byte[] hash, String language) {}

    private final JdbcTemplate jdbc;
    private final Claims claims;
    private final Commands commands;
    private final Clock clock;
    private final ExecutorService afterwards = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("forgotten-passwords").factory());

    ForgottenPasswords(JdbcTemplate jdbc, Claims claims, Commands commands, Clock clock) {
        this.jdbc = jdbc;
        this.claims = claims;
        this.commands = commands;
        this.clock = clock;
    }

    void wish(Identifier email, String language) {
        jdbc.update(
                "insert into forgotten_password (hash, language, at) values (?, ?, ?)",
                claims.hash(email),
                language,
                Timestamp.from(clock.instant()));
        try {
            afterwards.execute(this::grant);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; the wish is looked at after the next start");
        }
    }

    /** Of a person who is known by this email. */
    OptionalLong find(Identifier email) {
        return find(claims.hash(email));
    }

    private OptionalLong find(byte[] hashed) {
        return claims.owner(Kind.EMAIL, hashed);
    }

    @Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void grant() {
        List<Wish> wishes = jdbc.query(
                "select id, hash, language from forgotten_password order by id limit " + AT_ONCE,
                (row, i) -> new Wish(row.getLong(1), row.getBytes(2), row.getString(3)));
        for (Wish wish : wishes) {
            find(wish.hash()).ifPresent(user -> request(user, wish.language()));
            jdbc.update("delete from forgotten_password where id = ?", wish.id());
        }
    }

    private void request(long user, String language) {
        var unused = commands.send(new RequestCode(
                Long.toString(user), Purpose.PASSWORD, UUID.randomUUID().toString(), language, clock.instant()));
    }

    /** What could not be looked at for so long is not wanted any more. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        jdbc.update(
                "delete from forgotten_password where at < ?",
                Timestamp.from(clock.instant().minus(WORTH_WHILE)));
    }

    @Override
    public void close() {
        afterwards.shutdown();
    }
}
