package app.users.command.user;

/** What became of the request for a code. */
public enum CodeRequest {
    SENT,
    ALREADY_CONFIRMED
}
