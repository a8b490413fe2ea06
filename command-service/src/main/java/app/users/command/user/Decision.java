package app.users.command.user;

import app.users.command.user.Outcome.Refusal;
import app.users.command.user.Outcome.Rule;
import app.users.command.user.Outcome.Success;
import app.users.events.UserEvent;
import java.util.List;

/** What a command leads to: the events that happen, and what the client is told. */
public record Decision<T>(List<UserEvent> events, Outcome<T> outcome) {

    public Decision {
        events = List.copyOf(events);
    }

    static <T> Decision<T> success(T answer, UserEvent... events) {
        return new Decision<>(List.of(events), new Success<>(answer));
    }

    static <T> Decision<T> refused(Rule rule, UserEvent... events) {
        return new Decision<>(List.of(events), new Refusal<>(rule));
    }
}
