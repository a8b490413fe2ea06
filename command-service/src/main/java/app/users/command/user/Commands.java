package app.users.command.user;

import app.users.web.Reason;
import app.users.web.Rejected;
import java.time.Duration;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.ConcurrencyFailureException;

/** Sends a command and waits for its commit; tries again when another process was faster with the same user. */
final class Commands {

    private static final int TRIES = 10;

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    void register(UserCommand.RegisterUser command) {
        Object ignored = sendRepeatedly(command);
    }

    Outcome send(UserCommand command) {
        try {
            return (Outcome) sendRepeatedly(command);
        } catch (AggregateNotFoundException e) {
            return new Outcome.Gone();
        }
    }

    private Object sendRepeatedly(UserCommand command) {
        for (int left = TRIES; left > 0; left--) {
            try {
                return gateway.sendAndWait(command);
            } catch (ConcurrencyException | ConcurrencyFailureException e) {
                Thread.onSpinWait();
            } catch (CommandExecutionException e) {
                if (!(e.getCause() instanceof ConcurrencyException)) {
                    throw e;
                }
            }
        }
        throw Rejected.of(Reason.CONFLICT, "conflict").retryAfter(Duration.ofSeconds(1));
    }
}
