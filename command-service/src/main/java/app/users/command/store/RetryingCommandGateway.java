package app.users.command.store;

import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.time.Duration;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Sends a command and waits for its commit; tries again if another process committed a change of the same user first, or if two
 * commands that change two users each waited for the other.
 */
final class RetryingCommandGateway extends DefaultCommandGateway {

    /** Ten tries within half a second: the rival has committed, so the first waits are short. */
    private static final RetryPolicy POLICY = RetryPolicy.builder()
            .maxRetries(9)
            .delay(Duration.ofMillis(2))
            .jitter(Duration.ofMillis(1))
            .multiplier(2)
            .maxDelay(Duration.ofMillis(100))
            .predicate(RetryingCommandGateway::isConflict)
            .build();

    private final RetryTemplate retries = new RetryTemplate(POLICY);

    RetryingCommandGateway(CommandBus bus, Origin origin) {
        super(builder().commandBus(bus).dispatchInterceptors(origin));
    }

    @Override
    public <R> R sendAndWait(Object command) {
        try {
            return retries.<R>invoke(() -> super.sendAndWait(command));
        } catch (RuntimeException e) {
            if (isConflict(e)) {
                throw Rejected.of(Reason.CONFLICT, "conflict").retryAfter(Duration.ofSeconds(1));
            }
            throw e;
        }
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ConcurrencyException
                || failure instanceof DeadlockException
                || failure instanceof ConcurrencyFailureException
                || failure instanceof CommandExecutionException && failure.getCause() instanceof ConcurrencyException;
    }
}
