package app.users.command.aggregate;

import app.users.command.idempotency.Answering;
import app.users.command.idempotency.Attempt;
import app.users.command.user.Outcome;
import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.command.user.Reply;
import app.users.command.user.UserCommand;
import app.users.command.user.UserCommand.Answered;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Sends a command to a user and tells what became of it. */
public final class Commands {

    /** What a success is answered with: the version of the user after the command, and the command's own answer. */
    @FunctionalInterface
    public interface Responder<T, R> {
        ResponseEntity<R> respond(long version, T answer);
    }

    private final CommandGateway gateway;

    public Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    public <T> Outcome<T> send(Answered<T> command) {
        try {
            return Commands.<T>reply(gateway.sendAndWait(command)).outcome();
        } catch (AggregateNotFoundException e) {
            return new Refusal<>(Rule.GONE);
        }
    }

    /**
     * Answers a success; a refusal is thrown as {@link Rejected}.
     *
     * @param attempt if there is one, the answer is kept in the transaction of the change
     */
    public <T, R> ResponseEntity<R> send(Answered<T> command, @Nullable Attempt attempt, Responder<T, R> success) {
        try {
            return sendKept(command, attempt, result -> respond(Commands.<T>reply(result), success));
        } catch (AggregateNotFoundException e) {
            throw rejected(new Refusal<>(Rule.GONE));
        }
    }

    /** A registration is done or fails; it has no other outcome. */
    public <R> ResponseEntity<R> register(RegisterUser command, @Nullable Attempt attempt, ResponseEntity<R> done) {
        return sendKept(command, attempt, result -> done);
    }

    private <R> ResponseEntity<R> sendKept(
            UserCommand command, @Nullable Attempt attempt, Function<Object, ResponseEntity<R>> answer) {
        if (attempt == null) {
            return answer.apply(gateway.sendAndWait(command));
        }
        var answering = new Answering(attempt, Long.parseLong(command.id()), answer::apply);
        @SuppressWarnings("unchecked") // it is what the function above has made
        var answered = (ResponseEntity<R>) gateway.<Object>sendAndWait(
                new GenericCommandMessage<>(command, MetaData.with(Answering.METADATA, answering)));
        return answered;
    }

    @SuppressWarnings("unchecked") // the type of the command says what the aggregate replies
    private static <T> Reply<T> reply(Object result) {
        return (Reply<T>) result;
    }

    private static <T, R> ResponseEntity<R> respond(Reply<T> reply, Responder<T, R> success) {
        return switch (reply.outcome()) {
            case Success<T>(T answer) -> success.respond(reply.version(), answer);
            case Refusal<T> refusal -> throw rejected(refusal);
        };
    }

    private static Rejected rejected(Refusal<?> refusal) {
        return switch (refusal.rule()) {
            case GONE -> Rejected.of(Reason.UNAUTHENTICATED, "bad-token");
            case STALE -> Rejected.of(Reason.PRECONDITION_FAILED, "precondition-failed");
            case IN_USE -> throw new IllegalStateException("no request erases unused users");
            case ALREADY_CONFIRMED, NO_CODE, EXPIRED_CODE, WRONG_CODE, OWN_DATA_PASSWORD, BAD_UNDO, NO_TEXT_MESSAGES ->
                Rejected.of(Reason.INVALID, refusal.rule().code());
            case TAKEN -> Rejected.of(Reason.CONFLICT, "taken");
            case TOO_SOON, TOO_MANY_CODES, TOO_MANY_TRIES ->
                Rejected.of(Reason.TOO_MANY_REQUESTS, refusal.rule().code()).retryAfter(refusal.retryAfter());
            case TOO_MANY_CHANGES ->
                Rejected.of(Reason.TOO_MANY_REQUESTS, "throttled").retryAfter(refusal.retryAfter());
        };
    }
}
