package app.users.command.store;

/** A command by which somebody appears: they have no access token yet, and it is their own doing. */
public interface BySelf {

    /** Of the user. */
    String id();
}
