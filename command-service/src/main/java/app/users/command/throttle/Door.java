package app.users.command.throttle;

/** What may be done only so often. */
public enum Door {
    REGISTRATION,
    TOKEN,
    REFRESH,
    CONFIRM,
    PASSWORD,
    /** Changes of the own profile: the limit is for each user, not for each network address. */
    CHANGE
}
