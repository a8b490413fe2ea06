package app.users.command.user;

import app.users.command.idempotency.Answering;
import app.users.command.idempotency.Attempt;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Sends a command to a user and tells what became of it. */
final class Commands {

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    Outcome send(UserCommand command) {
        try {
            return outcome(gateway.sendAndWait(command));
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
            var answered = (ResponseEntity<T>) gateway.<Object>sendAndWait(
                    new GenericCommandMessage<>(command, MetaData.with(Answering.METADATA, answering)));
            return answered;
        } catch (AggregateNotFoundException e) {
            return answer.apply(new Outcome.Gone());
        }
    }

    /** A registration returns the new id. */
    private static Outcome outcome(Object result) {
        return result instanceof Outcome outcome ? outcome : new Outcome.Done(1);
    }
}
