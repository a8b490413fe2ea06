package app.users.web;

/** The service that answers a path; every service that is present in a process registers itself as one bean. */
public enum Owner {
    COMMAND,
    QUERY
}
