package app.users.command.token;

import app.users.events.UserEvent.SessionEnded.Reason;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Asks the user's aggregate to end one session, so that every service hears of it. */
public record EndSession(@TargetAggregateIdentifier String id, String session, Reason reason) {}
