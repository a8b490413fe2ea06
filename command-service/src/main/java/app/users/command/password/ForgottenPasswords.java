package app.users.command.password;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import app.users.command.aggregate.ResetCodes;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.MessageBudget;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.events.ConfirmationCode.Purpose;
import app.users.web.problem.Rejected;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
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
    private static final int HANDLE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Wish(long id, byte[] hash, String language, byte[] network, String request) {}

    private final JdbcTemplate jdbc;
    private final Claims claims;
    private final ResetCodes codes;
    private final KnownAddresses addresses;
    private final MessageBudget mails;
    private final Commands commands;
    private final Clock clock;
    private final ExecutorService afterwards = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("forgotten-passwords").factory());

    ForgottenPasswords(
            JdbcTemplate jdbc,
            Claims claims,
            ResetCodes codes,
            KnownAddresses addresses,
            MessageBudget mails,
            Commands commands,
            Clock clock) {
        this.jdbc = jdbc;
        this.claims = claims;
        this.codes = codes;
        this.addresses = addresses;
        this.mails = mails;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Stores the request.
     *
     * @param address of the client
     * @return the handle of the request, by which the client can name it
     */
    String wish(Identifier email, String language, String address) {
        String handle = newHandle();
        jdbc.update(
                "insert into forgotten_password (hash, language, at, network, request) values (?, ?, ?, ?, ?)",
                claims.hash(email),
                language,
                Timestamp.from(clock.instant()),
                addresses.network(address),
                codes.request(handle));
        try {
            afterwards.execute(this::grant);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping; the wish is looked at after the next start");
        }
        return handle;
    }

    private static String newHandle() {
        byte[] handle = new byte[HANDLE_BYTES];
        RANDOM.nextBytes(handle);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(handle);
    }

    @Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void grant() {
        List<Wish> wishes = jdbc.query(
                "select id, hash, language, network, request from forgotten_password order by id limit " + AT_ONCE,
                (row, i) ->
                        new Wish(row.getLong(1), row.getBytes(2), row.getString(3), row.getBytes(4), row.getString(5)));
        for (Wish wish : wishes) {
            claims.owner(Kind.EMAIL, wish.hash()).ifPresent(user -> request(user, wish));
            jdbc.update("delete from forgotten_password where id = ?", wish.id());
        }
    }

    private void request(long user, Wish wish) {
        Instant now = clock.instant();
        boolean known = addresses.isKnown(user, wish.network(), now);
        if (known || !codes.hasOneFromKnownNetwork(user, now)) {
            mail(new RequestCode(Long.toString(user), Purpose.PASSWORD, wish.request(), wish.language(), known, now));
        }
    }

    /** Without a mail when the installation has no budget for one: it is logged, and the user can ask again. */
    private void mail(RequestCode request) {
        try {
            mails.withinInstallation(sent -> {
                if (commands.send(request) instanceof Success) {
                    sent.run();
                }
            });
        } catch (Rejected e) {
            LOG.debug("a code was not sent: {}", e.toString());
        }
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
