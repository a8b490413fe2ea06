package app.users.command.store;

/** A command of somebody who has no access token, but has shown otherwise who they are: it is their own doing. */
public interface BySelf {

    /** Of the user. */
    String id();
}
