package app.users.command.store;

import app.users.web.Reason;
import app.users.web.Rejected;
import java.time.Duration;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.ConcurrencyFailureException;

/** Sends a command and waits for its commit; tries again when another process was faster with the same user. */
final class RetryingCommandGateway extends DefaultCommandGateway {

    private static final int TRIES = 10;

    RetryingCommandGateway(CommandBus bus, Origin origin) {
        super(builder().commandBus(bus).dispatchInterceptors(origin));
    }

    @Override
    public <R> R sendAndWait(Object command) {
        for (int left = TRIES; left > 0; left--) {
            try {
                return super.sendAndWait(command);
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
