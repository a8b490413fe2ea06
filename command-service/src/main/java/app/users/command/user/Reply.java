package app.users.command.user;

/**
 * What the aggregate replies to a command.
 *
 * @param version of the user after the command
 */
public record Reply<T>(long version, Outcome<T> outcome) {}
