package app.users.command.user;

/** A command of the user themselves whose request shows no access token, such as registering. */
public interface BySelf {

    /** Of the user. */
    String id();
}
