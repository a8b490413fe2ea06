package app.users.command.token;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asks the user's aggregate to end one session, so that every service hears of it.
 *
 * @param reused whether because one of its refresh tokens came back spent
 */
public record EndSession(@TargetAggregateIdentifier String id, String session, boolean reused) {}
