package app.users.command.password;

import app.users.command.aggregate.Claims;
import app.users.command.aggregate.Commands;
import app.users.command.aggregate.ResetCodes;
import app.users.command.security.SecurityLog;
import app.users.command.security.SecurityLog.Refusal;
import app.users.command.security.SecurityLog.Stranger;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.user.Outcome;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Identifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets a new password for whoever has the code. Every refusal takes the same statements, whoever the email belongs to. */
final class PasswordResets {

    private final ResetCodes codes;
    private final Commands commands;
    private final WrongPasswords wrongPasswords;
    private final KnownAddresses addresses;
    private final Claims claims;
    private final SecurityLog log;
    private final Clock clock;

    PasswordResets(
            ResetCodes codes,
            Commands commands,
            WrongPasswords wrongPasswords,
            KnownAddresses addresses,
            Claims claims,
            SecurityLog log,
            Clock clock) {
        this.codes = codes;
        this.commands = commands;
        this.wrongPasswords = wrongPasswords;
        this.addresses = addresses;
        this.claims = claims;
        this.log = log;
        this.clock = clock;
    }

    /**
     * After a reset the wrong passwords of strangers are forgotten and the network of the client is known, so that the user can sign
     * in at once.
     *
     * @param handle of the request for the code, if the client named it
     * @param address of the client
     */
    Outcome<Done> reset(Identifier email, String code, @Nullable String handle, ResetPassword reset, String address) {
        Instant now = clock.instant();
        ResetCodes.Try one = codes.tryCode(email, code, handle, addresses.network(address), addresses.since(now), now);
        if (!one.right()) {
            Long user = one.owner().isPresent() ? one.owner().getAsLong() : null;
            log.refused(Refusal.RESET_CODE, new Stranger(claims.hash(email), addresses.network(address), user, null));
            return new Outcome.Refusal<>(Rule.WRONG_CODE);
        }
        long id = one.owner().orElseThrow();
        Outcome<Done> outcome = commands.send(new GiveCode(Long.toString(id), reset, code, now));
        if (outcome instanceof Success) {
            wrongPasswords.forgetElsewhere(id);
            addresses.note(id, address, Optional.empty(), now);
        }
        return outcome;
    }
}
