package app.users.command.user;

import app.users.command.idempotency.Answering;
import app.users.command.idempotency.Attempt;
import app.users.web.Reason;
import app.users.web.Rejected;
import java.time.Duration;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.ResponseEntity;

/** Sends a command and waits for its commit; tries again when another process was faster with the same user. */
final class Commands {

    private static final int TRIES = 10;

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    Outcome send(UserCommand command) {
        try {
            return outcome(sendRepeatedly(command));
        } catch (AggregateNotFoundException e) {
            return new Outcome.Gone();
        }
    }

    /** @param attempt if there is one, the answer is kept in the transaction of the change */
    <T> ResponseEntity<T> send(
            UserCommand command, @Nullable Attempt attempt, Function<Outcome, ResponseEntity<T>> answer) {
        if (attempt == null) {
            return answer.apply(send(command));
        }
        var answering = new Answering(attempt, Long.parseLong(command.id()), result -> answer.apply(outcome(result)));
        try {
            @SuppressWarnings("unchecked") // it is what the function above has made
            var answered = (ResponseEntity<T>)
                    sendRepeatedly(new GenericCommandMessage<>(command, MetaData.with(Answering.METADATA, answering)));
            return answered;
        } catch (AggregateNotFoundException e) {
            return answer.apply(new Outcome.Gone());
        }
    }

    /** A registration returns the new id. */
    private static Outcome outcome(Object result) {
        return result instanceof Outcome outcome ? outcome : new Outcome.Done(1);
    }

    private Object sendRepeatedly(Object command) {
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
