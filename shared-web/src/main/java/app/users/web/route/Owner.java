package app.users.web.route;

/** The service that answers a path. Each service in a process registers one bean of this type. */
public enum Owner {
    COMMAND,
    QUERY,
    /** Every process with an HTTP port, also the gateway, answers these paths itself. */
    DOOR
}
