package app.users.command.user;

import app.users.web.Reason;
import app.users.web.Rejected;

/** How refusals of the aggregate are told to a client. */
final class Outcomes {

    private Outcomes() {}

    static Rejected refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> Rejected.of(Reason.INVALID, refused.code());
            case Outcome.TooMany tooMany ->
                Rejected.of(Reason.TOO_MANY_REQUESTS, tooMany.code()).retryAfter(tooMany.retryAfter());
            case Outcome.Stale stale -> Rejected.of(Reason.PRECONDITION_FAILED, "precondition-failed");
            case Outcome.Gone gone -> Rejected.of(Reason.UNAUTHENTICATED, "bad-token");
            case Outcome.Done done -> throw new IllegalStateException("done is no refusal: " + done);
            case Outcome.Changed changed -> throw new IllegalStateException("changed is no refusal: " + changed);
            case Outcome.AlreadyConfirmed c -> throw new IllegalStateException("confirmed is no refusal: " + c);
        };
    }
}
