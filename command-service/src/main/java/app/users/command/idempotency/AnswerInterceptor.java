package app.users.command.idempotency;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Inside a command's transaction: claims the key before the change, keeps the answer after it, and returns the answer. */
@SuppressWarnings("NullAway") // Axon's interface is not annotated
final class AnswerInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final StoredAnswers answers;
    private final JsonMapper json;

    AnswerInterceptor(StoredAnswers answers, JsonMapper json) {
        this.answers = answers;
        this.json = json;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain)
            throws Exception {
        if (!(unit.getMessage().getMetaData().get(Answering.METADATA) instanceof Answering answering)) {
            return chain.proceed();
        }
        answers.claim(answering.attempt());
        ResponseEntity<?> response = answering.answer().apply(chain.proceed());
        answers.keep(answering.attempt(), answering.user(), StoredAnswer.of(response, json));
        return response;
    }
}
