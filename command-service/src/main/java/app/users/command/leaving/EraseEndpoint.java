package app.users.command.leaving;

import app.users.command.aggregate.Commands;
import app.users.command.user.Outcome.Success;
import app.users.command.user.UserCommand.EraseByOperator;
import app.users.command.value.InvalidValue;
import app.users.command.value.Text;
import app.users.management.Problem;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/** {@code /actuator/erase} on the management port: erases a person who cannot sign in. */
@Endpoint(id = "erase")
class EraseEndpoint {

    private static final int LONGEST_REASON = 200;
    private static final Logger LOG = LoggerFactory.getLogger(EraseEndpoint.class);

    private final Commands commands;
    private final Receipts receipts;
    private final Clock clock;

    EraseEndpoint(Commands commands, Receipts receipts, Clock clock) {
        this.commands = commands;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * @param user the id
     * @param reason why, 1 to 200 characters; it is published and stays for ever, so it must not name the person
     */
    @WriteOperation
    WebEndpointResponse<Object> erase(long user, @Nullable String reason) {
        Optional<String> why = reason(reason);
        if (why.isEmpty()) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "`reason` is 1 to " + LONGEST_REASON + " printable characters on one line, without personal data");
        }
        String receipt = Receipt.newId();
        var outcome = commands.send(new EraseByOperator(Long.toString(user), receipt, clock.instant(), why.get()));
        if (outcome instanceof Success) {
            LOG.info("User {} was erased by an operator", user);
            Map<String, Object> erased = new LinkedHashMap<>();
            erased.put("user", user);
            erased.put("receipt", Receipt.path(receipt));
            return new WebEndpointResponse<>(erased);
        }
        return receipts.ofUser(user)
                .map(earlier -> Problem.of(
                        HttpStatus.CONFLICT,
                        "user " + user + " was erased before; the receipt is " + Receipt.path(earlier)))
                .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "there is no user " + user));
    }

    private static Optional<String> reason(@Nullable String given) {
        try {
            return Optional.ofNullable(given)
                    .map(text -> Text.required(text, LONGEST_REASON).value());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
