package app.users.web;

/** What answers a path; every service that is present in a process registers itself as one bean. */
public enum Owner {
    COMMAND,
    QUERY,
    /** Each process that has a door, the gateway too: it answers by itself. */
    DOOR
}
