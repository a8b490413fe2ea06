package app.users.command.token;

import app.users.command.store.BySelf;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Asks the user's aggregate to end the session whose refresh token was shown, without an access token. */
public record SignOut(@TargetAggregateIdentifier String id, String session) implements BySelf {}
