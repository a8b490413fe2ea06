package app.users.command.throttle;

/** What an address may do only so often. */
public enum Door {
    REGISTRATION,
    TOKEN,
    REFRESH,
    CONFIRM,
    PASSWORD
}
