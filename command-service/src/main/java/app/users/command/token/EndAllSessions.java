package app.users.command.token;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Asks the user's aggregate to end every session, so that every service hears of it. */
public record EndAllSessions(@TargetAggregateIdentifier String id) {}
